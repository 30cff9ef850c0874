"""Receipt codes as people type them."""

import re

_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{20}")
_READ_WRONG = str.maketrans("OIL", "011")  # Crockford's alphabet has no O, I, L


def read_code(typed: str) -> str | None:
    """`ABCDE-01234-…` from whatever has the right twenty characters; None if it cannot be a code."""
    letters = re.sub(r"[\s\u2010-\u2015-]", "", typed).upper().translate(_READ_WRONG)
    if not _CODE.fullmatch(letters):
        return None
    return "-".join(letters[place : place + 5] for place in range(0, 20, 5))
