"""Every query about cases. What people wrote is sealed at rest."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, tuple_, update

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.helpdesk.model import Case, State, Topic
from engagement.tables import help_case

_QUESTION, _ANSWER = "help_case.question", "help_case.answer"
_FIND = select(help_case)


def add(tx: Transaction, added: Case, sealer: Sealer) -> None:
    """A new case."""
    tx.execute(insert(help_case), _row(added, sealer))


def save(tx: Transaction, changed: Case, sealer: Sealer) -> None:
    """Over the version before. Raises Stale."""
    before = (help_case.c.id == changed.id) & (help_case.c.version == changed.version - 1)
    tx.change_one(update(help_case).where(before).values(_row(changed, sealer)))


def find(tx: Transaction, case_id: UUID, sealer: Sealer) -> Case:
    """Raises NotFound."""
    return _one(tx, help_case.c.id == case_id, sealer)


def of_code(tx: Transaction, code: str, sealer: Sealer) -> Case:
    """Raises NotFound."""
    return _one(tx, help_case.c.code == code, sealer)


def page(tx: Transaction, state: State, after: tuple[datetime, UUID] | None, limit: int, sealer: Sealer) -> list[Case]:
    """Oldest first: who waits longest is next."""
    query = _FIND.where(help_case.c.state == state)
    if after is not None:
        query = query.where(tuple_(help_case.c.asked_at, help_case.c.id) > after)
    query = query.order_by(help_case.c.asked_at, help_case.c.id).limit(limit)
    return [_case(row, sealer) for row in tx.execute(query).mappings()]


def forget(tx: Transaction, before: datetime) -> int:
    """Drop cases that were answered before an instant; how many."""
    return tx.execute(delete(help_case).where(help_case.c.answered_at < before)).rowcount


def _one(tx: Transaction, its: Any, sealer: Sealer) -> Case:  # Any: a condition
    row = tx.execute(_FIND.where(its)).mappings().first()
    if row is None:
        raise NotFound("There is no such case.")
    return _case(row, sealer)


def _row(of: Case, sealer: Sealer) -> dict[str, Any]:
    row = {column.name: getattr(of, column.name) for column in help_case.columns}
    answer = None if of.answer is None else sealer.seal(of.answer, _ANSWER)
    return row | {"question": sealer.seal(of.question, _QUESTION), "answer": answer}


def _case(row: Mapping[Any, Any], sealer: Sealer) -> Case:  # Any: keys of a row are names or columns
    opened = {
        "question": sealer.open(row["question"], _QUESTION),
        "answer": None if row["answer"] is None else sealer.open(row["answer"], _ANSWER),
        "topic": Topic(row["topic"]),
        "state": State(row["state"]),
    }
    return Case(**dict(row) | opened)
