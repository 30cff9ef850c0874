"""A line of the log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from scheduler.actors import Actor


class Category(StrEnum):
    ENTITY_REGISTERED = "entity-registered"
    ENTITY_MODIFIED = "entity-modified"
    ENTITY_REMOVED = "entity-removed"
    EVENT_ADDED = "event-added"
    EVENT_MODIFIED = "event-modified"
    EVENT_REMOVED = "event-removed"
    ALERT_SCHEDULED = "alert-scheduled"
    ALERT_MODIFIED = "alert-modified"
    ALERT_CANCELLED = "alert-cancelled"
    ALERT_FIRED = "alert-fired"


@dataclass(frozen=True, slots=True)
class Entry:
    """`data` is name and id of what the line is about, `event_id:0190…`."""

    id: UUID
    at: datetime
    by: Actor
    entity_id: UUID
    category: Category
    data: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines; None asks for all."""

    limit: int
    ids: list[UUID] | None = None
    entity_id: UUID | None = None
    category: Category | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: UUID | None = None
