"""Every query about commitments. A page of wholes costs one statement for each level of parts below them."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, tuple_, update

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.commitments.model import DEEPEST, Branch, Commitment, Milestone, Promise, Status, branches
from engagement.tables import commitment, milestone

_PROMISED = tuple(each.name for each in fields(Promise))
_OWN = ("id", "process_id", "status", "progress", "spent", "dropped_reason", "version", "created_at", "updated_at")
_PLACE = tuple_(commitment.c.created_at, commitment.c.id)
_ORDER = (commitment.c.created_at, commitment.c.id)
PARTS_SHOWN, MILESTONES_SHOWN = 500, 100


def add(tx: Transaction, added: Commitment) -> None:
    """A new commitment."""
    tx.execute(insert(commitment), _row(added))


def save(tx: Transaction, changed: Commitment) -> None:
    """Over the version before. Raises Stale."""
    before = (commitment.c.id == changed.id) & (commitment.c.version == changed.version - 1)
    tx.change_one(update(commitment).where(before).values(_row(changed)))


def find(tx: Transaction, commitment_id: UUID) -> Commitment:
    """Raises NotFound."""
    row = tx.execute(select(commitment).where(commitment.c.id == commitment_id)).first()
    if row is None:
        raise NotFound("There is no such commitment.")
    return _commitment(row)


def page(tx: Transaction, process_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> list[Branch]:
    """Wholes of the process with their parts, newest first."""
    query = select(commitment).where(commitment.c.process_id == process_id, commitment.c.parent_id.is_(None))
    if after is not None:
        query = query.where(after > _PLACE)
    ordered = query.order_by(commitment.c.created_at.desc(), commitment.c.id.desc()).limit(limit)
    return grown(tx, [_commitment(row) for row in tx.execute(ordered)])


def of_proposal(tx: Transaction, proposal_id: UUID) -> list[Branch]:
    """What was promised for a proposal, with parts, oldest first."""
    its = select(commitment).where(commitment.c.proposal_id == proposal_id, commitment.c.parent_id.is_(None))
    return grown(tx, [_commitment(row) for row in tx.execute(its.order_by(*_ORDER).limit(PARTS_SHOWN))])


def grown(tx: Transaction, wholes: Sequence[Commitment]) -> list[Branch]:
    """Each with everything below it: a statement a level."""
    below: list[Commitment] = []
    level = list(wholes)
    for _ in range(DEEPEST):
        if not level:
            break
        its = commitment.c.parent_id.in_([each.id for each in level])
        rows = tx.execute(select(commitment).where(its).order_by(*_ORDER).limit(PARTS_SHOWN))
        level = [_commitment(row) for row in rows]
        below += level
    return branches(wholes, below)


def depth(tx: Transaction, of: Commitment) -> int:
    """0 for a whole."""
    levels = 0
    while of.promise.parent_id is not None and levels < DEEPEST:
        of = find(tx, of.promise.parent_id)
        levels += 1
    return levels


def add_milestone(tx: Transaction, added: Milestone) -> None:
    tx.execute(insert(milestone), {column.name: getattr(added, column.name) for column in milestone.columns})


def milestones(tx: Transaction, commitment_id: UUID) -> list[Milestone]:
    """The latest reached first, at most MILESTONES_SHOWN."""
    its = select(milestone).where(milestone.c.commitment_id == commitment_id)
    rows = tx.execute(its.order_by(milestone.c.reached_on.desc(), milestone.c.id.desc()).limit(MILESTONES_SHOWN))
    return [Milestone(row.id, row.commitment_id, row.reached_on, row.words, row.at) for row in rows]


def _row(of: Commitment) -> dict[str, Any]:
    promised = {name: getattr(of.promise, name) for name in _PROMISED}
    return promised | {name: getattr(of, name) for name in _OWN}


def _commitment(row: Row[Any]) -> Commitment:
    promise = Promise(**{name: getattr(row, name) for name in _PROMISED})
    own = {name: getattr(row, name) for name in _OWN}
    return Commitment(**own | {"promise": promise, "status": Status(row.status)})
