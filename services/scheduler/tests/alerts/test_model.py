"""How the alerts of a phase move."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from scheduler.alerts.model import Alert, Kind, State, move

NINE = datetime(2026, 6, 2, 9, tzinfo=UTC)
TEN = datetime(2026, 6, 2, 10, tzinfo=UTC)
SLOT = UUID(int=1)


def alert(kind: Kind, due_at: datetime, state: State) -> Alert:
    return Alert(uuid4(), SLOT, "phase", kind, due_at, state=state)


@pytest.mark.parametrize(
    ("kind", "known", "cancelled", "new"),
    [
        (Kind.PHASE_OPENS, [], 0, True),
        (Kind.PHASE_OPENS, [(NINE, State.WAITING)], 1, True),
        (Kind.PHASE_OPENS, [(TEN, State.WAITING)], 0, False),
        (Kind.PHASE_OPENS, [(NINE, State.FIRED)], 0, False),
        (Kind.PHASE_OPENS, [(TEN, State.CANCELLED)], 0, True),
        (Kind.PHASE_CLOSES, [(NINE, State.WAITING)], 1, True),
        (Kind.PHASE_CLOSES, [(NINE, State.FIRED)], 0, True),
        (Kind.PHASE_CLOSES, [(TEN, State.FIRED)], 0, False),
        (Kind.PHASE_CLOSES, [(NINE, State.CANCELLED), (TEN, State.WAITING)], 0, False),
    ],
)
def test_what_moving_to_ten_o_clock_needs(
    kind: Kind, known: list[tuple[datetime, State]], cancelled: int, new: bool
) -> None:
    alerts = [alert(kind, due_at, state) for due_at, state in known]

    moved = move(alerts, kind, TEN)

    assert (len(moved.cancelled), moved.new) == (cancelled, new)


def test_alerts_of_another_kind_stay_where_they_are() -> None:
    opening = alert(Kind.PHASE_OPENS, NINE, State.WAITING)

    moved = move([opening], Kind.PHASE_CLOSES, TEN)

    assert moved.cancelled == () and moved.new
