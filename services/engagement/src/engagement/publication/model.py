"""An entry of the record, and the chain that entries make."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from chassis.clock import text

START = "0" * 64


class What(StrEnum):
    """What made the process read otherwise from then on."""

    APPROVED = "approved"
    RESCHEDULED = "rescheduled"
    ANNOUNCED = "announced"
    TRANSLATED = "translated"
    CANCELLED = "cancelled"
    MONITORED = "monitored"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Publication:
    """`content` is the process as everybody saw it from then on. `digest` covers the entry and, by `previous`, all
    before it."""

    process_id: UUID
    number: int
    what: What
    at: datetime
    content: dict[str, Any]  # JSON, as the contract's Process without counts
    previous: str
    digest: str

    def holds(self) -> bool:
        """Whether the entry is as it was written."""
        return self.digest == _digest(self.process_id, self.number, self.what, self.at, self.content, self.previous)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry without its content, for lists."""

    number: int
    what: What
    at: datetime
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a record ends; the one of a process without entries is `Head(0, START)`."""

    number: int = 0
    digest: str = START

    def followed_by(self, process_id: UUID, what: What, content: dict[str, Any], at: datetime) -> Publication:
        """The next entry."""
        number = self.number + 1
        moment = at.replace(microsecond=at.microsecond // 1000 * 1000)  # milliseconds, as the wire shows it
        digest = _digest(process_id, number, what, moment, content, self.digest)
        return Publication(process_id, number, what, moment, content, self.digest, digest)


def broken(entries: Iterable[Publication]) -> int | None:
    """The number of the first entry, of all by number, that does not hold or does not follow; None if all do."""
    head = Head()
    for entry in entries:
        if not entry.holds() or entry.number != head.number + 1 or entry.previous != head.digest:
            return entry.number
        head = Head(entry.number, entry.digest)
    return None


def _digest(process_id: UUID, number: int, what: str, at: datetime, content: dict[str, Any], previous: str) -> str:
    entry = {"process": str(process_id), "number": number, "what": str(what), "at": text(at)}
    whole = entry | {"content": content, "previous": previous}
    return sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()
