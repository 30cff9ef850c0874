"""What may be done to a task."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from workflow.tasks import policy
from workflow.tasks.model import CompletedByEvent, State, Task, TaskNotOpen

PROCESS = UUID(int=9)


@pytest.mark.parametrize(
    ("process_id", "element", "state", "refusal"),
    [
        (None, "fetch", State.OPEN, None),
        (None, "approve", State.OPEN, None),
        (None, "fetch", State.COMPLETED, TaskNotOpen),
        (None, "fetch", State.CANCELLED, TaskNotOpen),
        (PROCESS, "approve", State.OPEN, CompletedByEvent),
        (PROCESS, "verify", State.OPEN, CompletedByEvent),
        (PROCESS, "decide", State.COMPLETED, CompletedByEvent),
        (PROCESS, "an-administrator-added-this", State.OPEN, None),
    ],
)
def test_what_may_be_completed_by_hand(
    process_id: UUID | None, element: str, state: State, refusal: type[Exception] | None
) -> None:
    task = Task(UUID(int=1), UUID(int=2), process_id, element, "x", None, datetime(2026, 6, 1, tzinfo=UTC), state)

    assert type(policy.may_complete(task).refusal) is (refusal or type(None))
