"""Regular expressions of contracts: ECMAScript's (OpenAPI 3.0.3, `pattern`), spoken by Python and by a compiled
validator alike."""

import re
from functools import cache

_WORD = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_CLASS_ARITHMETIC = re.compile(r"&&|--|~~|\[")


@cache
def python(pattern: str) -> re.Pattern[str]:
    """For Python: `$` is the very end, not also before a last line break, and `\\d` is ASCII."""
    words = _WORD.findall(pattern)
    return re.compile("".join(r"\Z" if word == "$" else word for word in words), re.ASCII)


def is_plain(pattern: str) -> bool:
    """Whether every engine means the same by it: no classes of letters but `\\d`, no dot, no group with a question
    mark but `(?:`, no arithmetic inside brackets."""
    if "(?" in pattern.replace("(?:", ""):
        return False
    return all(_plain(word) for word in _WORD.findall(pattern))


def _plain(word: str) -> bool:
    if word.startswith("["):
        return not _CLASS_ARITHMETIC.search(word[1:-1]) and all(map(_plain, re.findall(r"\\.", word)))
    return word != "." and not (word.startswith("\\") and word[1:].isalnum() and word != r"\d")
