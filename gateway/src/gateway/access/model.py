"""An access right and what it covers."""

import re
from dataclasses import dataclass
from functools import cached_property

from chassis.errors import Forbidden, Invalid

ANONYMOUS = "anonymous"  # the subject of a call that proves no application; no client identifier looks like it
ANY_METHOD = "*"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class AccessDenied(Forbidden):
    """No right of the caller covers this call."""


class InvalidRight(Invalid):
    """A right names a method or a path that cannot be."""


@dataclass(frozen=True)
class Right:
    """`path` is a pattern over the decoded path at the provider: `*` stands for one segment or a part of it, `**` for
    anything (X-Road's wildcards). `on_behalf` lets the subject act for a person who is not present."""

    subject: str
    application: str
    methods: frozenset[str]
    path: str
    on_behalf: bool = False

    def __post_init__(self) -> None:
        if not self.methods or not self.methods <= METHODS | {ANY_METHOD}:
            raise InvalidRight(f"methods are {ANY_METHOD} or some of {', '.join(sorted(METHODS))}")
        if not self.path.startswith("/"):
            raise InvalidRight(f"a path begins with /: {self.path}")

    def covers(self, method: str, path: str) -> bool:
        """Whether this call falls under the right."""
        return (ANY_METHOD in self.methods or method in self.methods) and self._pattern.fullmatch(path) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = re.split(r"(\*\*|\*)", self.path)
        meaning = {"**": ".*", "*": "[^/]*"}
        return re.compile("".join(meaning.get(word) or re.escape(word) for word in words), re.DOTALL)
