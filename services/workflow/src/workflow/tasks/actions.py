"""The stories of tasks: open, complete, cancel."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from workflow.steps import Activity
from workflow.tasks import events, store
from workflow.tasks.model import State, Task


def open_all(
    tx: Transaction, instance_id: UUID, process_id: UUID | None, activities: Iterable[Activity], *, at: datetime
) -> None:
    """Someone must act; what follows a participation process is told."""
    opened = [Task(ids.new(), instance_id, process_id, one.element, one.name, one.lane, at) for one in activities]
    store.add(tx, opened)
    outbox.put(tx, *(events.opened(task) for task in opened if task.follows))


def complete(tx: Transaction, task: Task, *, at: datetime) -> None:
    """Someone acted. Raises TaskNotOpen."""
    store.settle(tx, task.id, State.COMPLETED, at)
    if task.follows:
        outbox.put(tx, events.completed(task, at))


def cancel(tx: Transaction, instance_id: UUID, activities: Iterable[Activity]) -> None:
    """The instance waits for these no more; of several of one element the oldest goes first."""
    still_open = store.open_of(tx, instance_id)
    for activity in activities:
        task = next(each for each in still_open if each.element == activity.element)
        still_open.remove(task)
        store.settle(tx, task.id, State.CANCELLED, None)


def cancel_all(tx: Transaction, instance_id: UUID) -> None:
    """The instance was stopped."""
    for task in store.open_of(tx, instance_id):
        store.settle(tx, task.id, State.CANCELLED, None)
