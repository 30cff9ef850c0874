"""Rows of the log and their chain. Pure: the keyed digest comes from outside."""

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from enum import StrEnum

import orjson

from chassis.errors import Invalid

Digest = Callable[[str], str]
START = "0" * 64


class Action(StrEnum):
    CREATED = "created"
    AMENDED = "amended"
    DELETED = "deleted"
    READ = "read"
    FOUND = "found"
    LISTED = "listed"
    LOG_READ = "log read"


READS = (Action.READ, Action.FOUND, Action.LISTED)


class NotYourId(Invalid):
    """Only the caller's own usage is shown."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why personal data is read, and the consent record that allows it; None where it was not said."""

    purpose: str | None = None
    consent: str | None = None

    @classmethod
    def of(cls, header: str | None) -> "Reason":
        """From `purpose; consent=id`."""
        purpose, _, rest = (header or "").partition(";")
        return cls(purpose or None, rest.strip().removeprefix("consent=") or None)


@dataclass(frozen=True, slots=True)
class Row:
    """What was done to which entries, by whom and why. `version` and `state` are those of the entry after a change.

    `hash` is keyed and covers the row and, by `previous`, all before it.
    """

    action: str
    registry: str | None
    entries: list[str]
    fields: list[str]
    application: str
    subject: str | None
    at: datetime
    purpose: str | None = None
    consent: str | None = None
    version: int | None = None
    state: str | None = None
    number: int = 0
    previous: str = START
    hash: str = ""

    def after(self, last: "Head", digest: Digest) -> "Row":
        """The row in its place in the chain."""
        placed = replace(self, number=last.number + 1, previous=last.hash, hash="")
        return replace(placed, hash=placed._digest(digest))

    def holds(self, digest: Digest) -> bool:
        """Whether the row is as it was written."""
        return self.hash == replace(self, hash="")._digest(digest)

    def _digest(self, digest: Digest) -> str:
        return digest(orjson.dumps(astuple(self)).decode())


@dataclass(frozen=True, slots=True)
class Head:
    """The last row; `seal` is keyed, so that a log cut short cannot be given another head."""

    number: int
    hash: str
    seal: str


def head(number: int, last: str, digest: Digest) -> Head:
    """The head of a chain that ends so."""
    return Head(number, last, digest(f"head\n{number}\n{last}"))


def broken(rows: Iterable[Row], end: Head, digest: Digest) -> tuple[int, str] | None:
    """The first row that does not hold and why; None when the chain is whole. Rows by number."""
    number, previous = 0, START
    for row in rows:
        number += 1
        if row.number != number:
            return number, "is missing"
        if row.previous != previous:
            return number, "does not follow the row before"
        if not row.holds(digest):
            return number, "was altered"
        previous = row.hash
    if end != head(end.number, end.hash, digest):
        return end.number, "the head was altered"
    if (number, previous) != (end.number, end.hash):
        return number + 1, "is missing"
    return None
