"""Just enough of PromQL: which metrics an expression asks for."""

import re

_WORDS = {"by", "on", "and", "or", "unless", "ignoring", "without", "bool", "group_left", "group_right"}
_GROUPED = re.compile(r"\b(?:by|on|ignoring|without|group_left|group_right)\s*\([^)]*\)")
_SUFFIX = re.compile(r"_(bucket|sum|count)$")


def metrics_of(expression: str) -> set[str]:
    """Names of the metrics; of a histogram's series the histogram's. Recorded names (with a colon) are left out."""
    bare = _GROUPED.sub(" ", re.sub(r"\{[^}]*\}|\[[^\]]*\]|\"[^\"]*\"", " ", expression))
    names = set(re.findall(r"(?<![\w:.])[a-zA-Z_][\w:]*(?![\w:]*\s*\()", bare)) - _WORDS
    return {_SUFFIX.sub("", name) for name in names if ":" not in name}
