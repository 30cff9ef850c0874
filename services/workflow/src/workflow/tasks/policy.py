"""What may be done to a task."""

from chassis.verdict import ALLOWED, Verdict, refused
from workflow.tasks.model import CompletedByEvent, State, Task, TaskNotOpen


def may_complete(task: Task) -> Verdict:
    """By hand: only what no fact completes, and only while it is open."""
    if task.follows:
        return refused(CompletedByEvent("This task is done when the engagement block says so."))
    if task.state is not State.OPEN:
        return refused(TaskNotOpen("This task was completed or cancelled."))
    return ALLOWED
