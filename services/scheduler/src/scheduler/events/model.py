"""A slot: what an entity hosts from one instant to another."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import Conflict, Invalid


class SlotOverlap(Conflict):
    """The same entity hosts an event of this name at this time."""


class SlotOrder(Invalid):
    """An event ends after it begins."""


@dataclass(frozen=True, slots=True)
class Slot:
    """`key` is the phase that it follows, None for one added through the API. `about` holds what no rule reads:
    description, deadline, subscriber_limit, terms, status, venue. `told_at`: when the phase last moved."""

    id: UUID
    host_entity_id: UUID
    name: str
    category: str
    starts_at: datetime
    ends_at: datetime
    about: dict[str, Any] = field(default_factory=dict)
    key: str | None = None
    told_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise SlotOrder("An event ends after it begins.", [("to", "is not later than from")])

    def overlaps(self, other: "Slot") -> bool:
        """Another of the same host and name that has an instant in common; one may begin when the other ends."""
        same = (self.host_entity_id, self.name) == (other.host_entity_id, other.name) and self.id != other.id
        return same and self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def modified(self, changes: dict[str, Any]) -> "Slot":
        """`changes` are fields of this class; of `about`, what is not named stays. Raises SlotOrder."""
        about = self.about | changes.pop("about", {})
        return replace(self, about=about, **changes)

    def moved(self, starts_at: datetime, ends_at: datetime, told_at: datetime) -> "Slot":
        """Its phase moved. Raises SlotOrder."""
        return replace(self, starts_at=starts_at, ends_at=ends_at, told_at=told_at)


@dataclass(frozen=True, slots=True)
class NewSlots:
    """What is asked for with `new`: one thing at one or several times, `[(from, to)]`."""

    host_entity_id: UUID
    name: str
    category: str
    times: tuple[tuple[datetime, datetime], ...]
    about: dict[str, Any]

    def slots(self, ids: Iterable[UUID]) -> list[Slot]:
        """One slot a time. Raises SlotOrder, SlotOverlap when two of them meet."""
        made = [
            Slot(id_, self.host_entity_id, self.name, self.category, starts_at, ends_at, self.about)
            for id_, (starts_at, ends_at) in zip(ids, self.times, strict=False)
        ]
        if any(one.overlaps(other) for index, one in enumerate(made) for other in made[:index]):
            raise SlotOverlap("Two of these slots overlap.")
        return made


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which slots; None asks for all."""

    limit: int
    ids: list[UUID] | None = None
    name: str | None = None
    category: str | None = None
    host_entity_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: UUID | None = None
