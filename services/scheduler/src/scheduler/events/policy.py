"""What may be done to a slot, and when."""

from collections.abc import Iterable
from datetime import datetime

from chassis.verdict import ALLOWED, Verdict, refused
from scheduler.alerts.model import SlotOver
from scheduler.entities.model import FollowsAProcess
from scheduler.events.model import Slot, SlotOverlap


def may_add(slot: Slot, host_key: str | None, at: datetime) -> Verdict:
    """`host_key`: the process for which the host stands; its phases are its only events."""
    if host_key is not None:
        return refused(FollowsAProcess("This entity stands for a participation process."))
    return _not_over(slot, at)


def may_change(slot: Slot, at: datetime) -> Verdict:
    """Modify or remove: not what follows a phase, and not once it is over."""
    if slot.key is not None:
        return refused(FollowsAProcess("This event follows a phase of a participation process."))
    return _not_over(slot, at)


def fits(slot: Slot, others: Iterable[Slot]) -> Verdict:
    """The same name and host never overlap."""
    if any(slot.overlaps(other) for other in others):
        return refused(SlotOverlap("The entity hosts an event of this name at this time."))
    return ALLOWED


def _not_over(slot: Slot, at: datetime) -> Verdict:
    return ALLOWED if slot.ends_at > at else refused(SlotOver("This event is over."))
