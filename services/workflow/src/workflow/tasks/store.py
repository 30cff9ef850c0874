"""Every query about tasks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, func, insert, select, update

from chassis.database import Transaction
from chassis.errors import NotFound
from workflow.tables import task
from workflow.tasks.model import State, Task, TaskNotOpen, Wanted


def find(tx: Transaction, task_id: UUID) -> Task:
    """Raises NotFound."""
    row = tx.execute(select(task).where(task.c.id == task_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such task.")
    return _task(row)


def page(tx: Transaction, wanted: Wanted) -> list[Task]:
    """Newest first; ids are made in that order. One more than the limit, if there is one."""
    query = select(task).order_by(task.c.id.desc()).limit(wanted.limit + 1)
    if wanted.state is not None:
        query = query.where(task.c.state == wanted.state)
    if wanted.element is not None:
        query = query.where(task.c.element == wanted.element)
    if wanted.process_id is not None:
        query = query.where(task.c.process_id == wanted.process_id)
    if wanted.before is not None:
        query = query.where(task.c.id < wanted.before)
    return [_task(row) for row in tx.execute(query).mappings()]


def open_of(tx: Transaction, instance_id: UUID) -> list[Task]:
    """Oldest first; a definition has a few hundred nodes at most."""
    its = (task.c.instance_id == instance_id) & (task.c.state == State.OPEN)
    return [_task(row) for row in tx.execute(select(task).where(its).order_by(task.c.id)).mappings()]


def add(tx: Transaction, added: Sequence[Task]) -> None:
    """New tasks."""
    if added:
        tx.execute(insert(task), [asdict(each) for each in added])


def settle(tx: Transaction, task_id: UUID, state: State, completed_at: datetime | None) -> None:
    """Completed or cancelled. Raises TaskNotOpen."""
    still = (task.c.id == task_id) & (task.c.state == State.OPEN)
    if tx.execute(update(task).where(still).values(state=state, completed_at=completed_at)).rowcount != 1:
        raise TaskNotOpen("This task was completed or cancelled.")


def counts(tx: Transaction) -> dict[str, int]:
    """Tasks by state."""
    rows = tx.execute(select(task.c.state, func.count().label("number")).group_by(task.c.state))
    return dict.fromkeys((str(state) for state in State), 0) | {row.state: row.number for row in rows}


def _task(row: RowMapping) -> Task:
    return Task(**dict(row) | {"state": State(row["state"])})
