"""Every query about sketches and what came of showing similar proposals."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from chassis import ids
from chassis.database import Transaction
from engagement.similarity.model import Outcome, sketch
from engagement.tables import similar_outcome, title_sketch

CANDIDATES = 100


def note(tx: Transaction, process_id: UUID, proposal_id: UUID, titles: Iterable[str]) -> None:
    """Let a proposal be found by these titles, in as many languages as there are."""
    rows = [{"process_id": process_id, "hash": each, "proposal_id": proposal_id} for each in sorted(sketch(titles))]
    tx.execute(insert(title_sketch), rows)


def renote(tx: Transaction, process_id: UUID, proposal_id: UUID, titles: Iterable[str]) -> None:
    """By these and no others."""
    tx.execute(delete(title_sketch).where(title_sketch.c.proposal_id == proposal_id))
    note(tx, process_id, proposal_id, titles)


def candidates(tx: Transaction, process_id: UUID, title: str) -> list[UUID]:
    """Those that share most of the sketch, in one statement whose cost follows what is alike, not what is there."""
    shared = func.count()
    its = (title_sketch.c.process_id == process_id) & title_sketch.c.hash.in_(sketch([title]))
    query = select(title_sketch.c.proposal_id).where(its).group_by(title_sketch.c.proposal_id)
    return list(tx.execute(query.order_by(shared.desc(), title_sketch.c.proposal_id).limit(CANDIDATES)).scalars())


def add_outcome(tx: Transaction, process_id: UUID, outcome: Outcome, at: datetime) -> None:
    """One more."""
    tx.execute(insert(similar_outcome), {"id": ids.new(), "process_id": process_id, "outcome": outcome, "at": at})


def outcomes(tx: Transaction, process_id: UUID) -> dict[Outcome, int]:
    """How often each came about."""
    number = func.count().label("number")
    query = select(similar_outcome.c.outcome, number).where(similar_outcome.c.process_id == process_id)
    found = {row.outcome: row.number for row in tx.execute(query.group_by(similar_outcome.c.outcome))}
    return {each: found.get(each, 0) for each in Outcome}
