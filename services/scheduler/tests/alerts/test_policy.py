"""What may be done to an alert, and when."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from scheduler.alerts import policy
from scheduler.alerts.model import Alert, AlertPast, AlertSpent, Kind, Occasion, SlotOver, State
from scheduler.entities.model import FollowsAProcess

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
EARLIER = datetime(2026, 6, 1, 11, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 13, tzinfo=UTC)
LATEST = datetime(2026, 6, 1, 14, tzinfo=UTC)


def occasion(ends_at: datetime = LATER, key: str | None = None) -> Occasion:
    return Occasion(UUID(int=1), UUID(int=2), ends_at, key)


@pytest.mark.parametrize(
    ("slot", "due_at", "refusal"),
    [
        (occasion(), LATER, None),
        (occasion(), LATEST, None),
        (occasion(), EARLIER, AlertPast),
        (occasion(), NOON, AlertPast),
        (occasion(ends_at=NOON), LATER, SlotOver),
        (occasion(key="a phase"), LATER, FollowsAProcess),
    ],
)
def test_when_an_alert_may_be_scheduled(slot: Occasion, due_at: datetime, refusal: type[Exception] | None) -> None:
    verdict = policy.may_schedule(slot, due_at, NOON)

    assert type(verdict.refusal) is (refusal or type(None))


@pytest.mark.parametrize(
    ("slot", "state", "refusal"),
    [
        (occasion(), State.WAITING, None),
        (occasion(), State.FIRED, AlertSpent),
        (occasion(key="a phase"), State.WAITING, FollowsAProcess),
    ],
)
def test_when_an_alert_may_be_changed(slot: Occasion, state: State, refusal: type[Exception] | None) -> None:
    alert = Alert(UUID(int=3), slot.slot_id, "subject", Kind.EVENT_ALERT, LATER, state=state)

    verdict = policy.may_change(slot, alert)

    assert type(verdict.refusal) is (refusal or type(None))
