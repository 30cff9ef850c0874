"""What may be done to a slot, and when."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from scheduler.alerts.model import SlotOver
from scheduler.entities.model import FollowsAProcess
from scheduler.events import policy
from scheduler.events.model import Slot, SlotOrder, SlotOverlap


def hour(hour: int) -> datetime:
    return datetime(2026, 6, 2, hour, tzinfo=UTC)


SLOT = Slot(UUID(int=1), UUID(int=10), "Reading", "reading", hour(10), hour(12))


@pytest.mark.parametrize(
    ("at", "host_key", "refusal"),
    [
        (hour(9), None, None),
        (hour(11), None, None),
        (hour(12), None, SlotOver),
        (hour(9), "a process", FollowsAProcess),
    ],
)
def test_when_a_slot_may_be_added(at: datetime, host_key: str | None, refusal: type[Exception] | None) -> None:
    assert type(policy.may_add(SLOT, host_key, at).refusal) is (refusal or type(None))


@pytest.mark.parametrize(
    ("slot", "at", "refusal"),
    [
        (SLOT, hour(11), None),
        (SLOT, hour(12), SlotOver),
        (replace(SLOT, key="a phase"), hour(9), FollowsAProcess),
    ],
)
def test_when_a_slot_may_be_changed(slot: Slot, at: datetime, refusal: type[Exception] | None) -> None:
    assert type(policy.may_change(slot, at).refusal) is (refusal or type(None))


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        (replace(SLOT, id=UUID(int=2)), SlotOverlap),
        (replace(SLOT, id=UUID(int=2), starts_at=hour(11), ends_at=hour(13)), SlotOverlap),
        (replace(SLOT, id=UUID(int=2), starts_at=hour(9), ends_at=hour(13)), SlotOverlap),
        (replace(SLOT, id=UUID(int=2), starts_at=hour(12), ends_at=hour(13)), None),
        (replace(SLOT, id=UUID(int=2), starts_at=hour(8), ends_at=hour(10)), None),
        (replace(SLOT, id=UUID(int=2), name="Singing"), None),
        (replace(SLOT, id=UUID(int=2), host_entity_id=UUID(int=11)), None),
        (SLOT, None),
    ],
)
def test_the_same_name_and_host_do_not_overlap(other: Slot, refusal: type[Exception] | None) -> None:
    assert type(policy.fits(SLOT, [other]).refusal) is (refusal or type(None))


def test_a_slot_ends_after_it_begins() -> None:
    with pytest.raises(SlotOrder):
        replace(SLOT, ends_at=hour(10))
