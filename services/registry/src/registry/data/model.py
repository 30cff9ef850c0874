"""An entry: values and its transitions."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import orjson

from chassis.errors import Conflict, Invalid, Stale
from registry.databases.model import Content, Registry


class NotSearchable(Invalid):
    """Entries are found by their id or by whole values of their schema's fields."""


class PurposeMissing(Invalid):
    """Whoever reads the data of others says why."""


class NoPerson(Invalid):
    """The registry has one entry a person, and the call carries no person."""


class IdempotencyKeyReused(Conflict):
    """The key came before with other content."""


class Reach(StrEnum):
    """Which entries an actor may read."""

    OWN = "own"
    BY_ID = "by id"  # any, one at a time, by an address reference that somebody gave
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of an entry. `content` holds all fields, whether they are sealed at rest or not."""

    id: UUID
    registry: str
    owner: str | None
    schema_number: int
    content: Content
    at: datetime
    version: int = 1
    deleted: bool = False

    def amended(self, written: Content, registry: Registry, at: datetime) -> "Entry":
        """With these fields; null takes one away. Raises ContentInvalid. The same version when nothing differs."""
        fields = {name: value for name, value in written.items() if name != "id" or value != str(self.id)}
        content = {name: value for name, value in (self.content | fields).items() if value is not None}
        known = {name: value for name, value in content.items() if name in registry.fields or name in fields}
        registry.checked(known)
        if content == self.content:
            return self
        return replace(self, content=content, schema_number=registry.number, at=at, version=self.version + 1)

    def taken_out(self, at: datetime) -> "Entry":
        """Deleted; what it said stays for auditors."""
        return replace(self, deleted=True, at=at, version=self.version + 1)

    def must_be(self, version: int | None) -> None:
        """Raises Stale when this is another version than the one that was read; None asks nothing."""
        if version is not None and version != self.version:
            raise Stale("It was amended since it was read.")

    def shown(self, registry: Registry) -> Content:
        """What this version of the registry shows of it."""
        return {"id": str(self.id), **registry.shown(self.content)}


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry's version as it lies in the database; `sealed` is None without sealed fields."""

    entry_id: UUID
    version: int
    schema_number: int
    content: Content
    sealed: bytes | None
    deleted: bool
    at: datetime

    def spelled(self, owner: str | None) -> str:
        """One spelling of all there is, over which the log keeps a digest."""
        sealed = self.sealed.hex() if self.sealed is not None else None
        state = [str(self.entry_id), self.version, self.schema_number, owner, self.content, sealed, self.deleted]
        return orjson.dumps([*state, self.at], option=orjson.OPT_SORT_KEYS).decode()


def looked_up(content: Content) -> dict[str, str]:
    """What an entry is found by: each single value as text, without regard to case."""
    return {name: spelled(value) for name, value in content.items() if isinstance(value, str | int | float)}


def spelled(value: str | float) -> str:
    """A value as it is looked up."""
    return value.casefold() if isinstance(value, str) else orjson.dumps(value).decode()
