"""An alert and what can happen to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid


class Kind(StrEnum):
    PHASE_OPENS = "phase-opens"
    PHASE_CLOSES = "phase-closes"
    EVENT_ALERT = "event-alert"  # the only kind that the API makes: nobody opens a phase by hand


class State(StrEnum):
    WAITING = "waiting"
    FIRED = "fired"
    CANCELLED = "cancelled"


class SlotOver(Conflict):
    """The event is over: nothing of it is added or changed any more."""


class AlertSpent(Conflict):
    """An alert that has fired is not used again."""


class AlertPast(Invalid):
    """An alert is set for an instant to come."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The slot that an alert belongs to, as far as alerts care. `key` is the phase that it follows, if any."""

    slot_id: UUID
    entity_id: UUID
    ends_at: datetime
    key: str | None


@dataclass(frozen=True, slots=True)
class Alert:
    """`subject` is the id of what the fired alert is about: the phase, or the slot itself."""

    id: UUID
    slot_id: UUID
    subject: str
    kind: Kind
    due_at: datetime
    target_category: str = "both"
    message_id: str | None = None
    state: State = State.WAITING

    def modified(self, due_at: datetime | None, target_category: str | None, message_id: str | None) -> "Alert":
        """What is None stays."""
        return replace(
            self,
            due_at=due_at or self.due_at,
            target_category=target_category or self.target_category,
            message_id=message_id or self.message_id,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert with what is shown beside it; `fired_at` is None while it waits."""

    alert: Alert
    entity_id: UUID
    fired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which alerts; None asks for all."""

    limit: int
    ids: list[UUID] | None = None
    slot_id: UUID | None = None
    entity_id: UUID | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What a phase's instant needs: alerts to cancel, and whether a new one is made."""

    cancelled: tuple[Alert, ...]
    new: bool


def move(known: Iterable[Alert], kind: Kind, due_at: datetime) -> Move:
    """The alerts of one phase and kind, moved to this instant. One that stands there already is kept, fired or not; an
    opening that has fired is never followed by another, for a phase opens once; a moved closing is."""
    alive = [alert for alert in known if alert.kind is kind and alert.state is not State.CANCELLED]
    stale = tuple(alert for alert in alive if alert.state is State.WAITING and alert.due_at != due_at)
    there = any(alert.due_at == due_at for alert in alive)
    opened = kind is Kind.PHASE_OPENS and any(alert.state is State.FIRED for alert in alive)
    return Move(stale, not there and not opened)
