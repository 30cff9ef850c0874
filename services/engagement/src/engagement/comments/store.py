"""Every query about comments. A page of threads costs one statement for roots and one for their answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, insert, select, tuple_, update

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.comments.model import Comment, Position, State, Thread
from engagement.contributions import Channel, Status
from engagement.proposals.model import State as ProposalState
from engagement.tables import comment, proposal

FIRST_REPLIES = 2
_COMMENT = select(comment)
_INSERT = insert(comment)
_PLACE = tuple_(comment.c.at, comment.c.id)
After = tuple[datetime, UUID] | None
LEDGER = select(
    *(comment.c[name] for name in ("id", "process_id", "participant_id", "actor_key", "channel", "ladder_step")),
    *(comment.c[name] for name in ("status", "at")),
)
TEXT = select(comment.c.id, comment.c.body.label("text"))


def in_sight(tx: Transaction, comment_id: UUID) -> UUID:
    """The process of a comment that everybody sees, on a proposal that everybody sees. Raises NotFound."""
    its = (comment.c.id == comment_id) & (comment.c.state == State.VISIBLE)
    published = (proposal.c.id == comment.c.proposal_id) & (proposal.c.state == ProposalState.PUBLISHED)
    found: UUID | None = tx.execute(select(comment.c.process_id).join(proposal, published).where(its)).scalar()
    if found is None:
        raise NotFound("There is no such comment.")
    return found


def find(tx: Transaction, comment_id: UUID) -> Comment:
    """Raises NotFound."""
    row = tx.execute(_COMMENT.where(comment.c.id == comment_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such comment.")
    return _comment(row)


def add(tx: Transaction, added: Comment) -> None:
    """A new comment."""
    tx.execute(_INSERT, {column.name: getattr(added, column.name) for column in comment.columns})


def save(tx: Transaction, before: Comment, changed: Comment) -> None:
    """Another state in the place of the one before. Raises Stale when it is not that any more."""
    its = (comment.c.id == changed.id) & (comment.c.state == before.state)
    values = {"state": changed.state, "status": changed.status, "hidden_reason": changed.hidden_reason}
    tx.change_one(update(comment).where(its).values(values))


def roots(tx: Transaction, proposal_id: UUID, after: After, limit: int) -> list[Comment]:
    """Oldest first."""
    return _page(tx, _COMMENT.where(comment.c.proposal_id == proposal_id, comment.c.depth == 0), after, limit)


def replies(tx: Transaction, root_id: UUID, after: After, limit: int) -> list[Comment]:
    """All answers under a root, oldest first."""
    return _page(tx, _COMMENT.where(comment.c.root_id == root_id, comment.c.depth > 0), after, limit)


def threads(tx: Transaction, roots: Sequence[Comment]) -> list[Thread]:
    """Each root with its first answers, in one statement however many threads there are."""
    place = func.row_number().over(partition_by=comment.c.root_id, order_by=(comment.c.at, comment.c.id))
    total = func.count().over(partition_by=comment.c.root_id)
    under = comment.c.root_id.in_([root.id for root in roots]) & (comment.c.depth > 0)
    ranked = select(*comment.columns, place.label("place"), total.label("total")).where(under).subquery()
    rows = tx.execute(select(ranked).where(ranked.c.place <= FIRST_REPLIES).order_by(ranked.c.place)).mappings().all()
    return [_thread(root, [row for row in rows if row["root_id"] == root.id]) for root in roots]


def _page(tx: Transaction, query: Select[Any], after: After, limit: int) -> list[Comment]:
    if after is not None:
        query = query.where(after < _PLACE)
    query = query.order_by(comment.c.at, comment.c.id).limit(limit)
    return [_comment(row) for row in tx.execute(query).mappings()]


def _thread(root: Comment, answers: Sequence[RowMapping]) -> Thread:
    total = answers[0]["total"] if answers else 0
    return Thread(root, tuple(map(_comment, answers)), total)


def _comment(row: RowMapping) -> Comment:
    values = {column.name: row[column.name] for column in comment.columns}
    position = values["position"]
    states = {
        "position": Position(position) if position else None,
        "channel": Channel(values["channel"]),
        "state": State(values["state"]),
        "status": Status(values["status"]),
    }
    return Comment(**values | states)
