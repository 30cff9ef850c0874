"""Every query about comments. A page of threads costs one statement for roots and one for their answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, case, delete, func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.comments.model import Comment, Order, Position, Sort, State, Thread
from engagement.contributions import Channel, Status
from engagement.proposals.model import State as ProposalState
from engagement.tables import comment, comment_favour, proposal

FIRST_REPLIES, MOST_PINNED = 2, 20
_COMMENT = select(comment)
_INSERT = insert(comment)
_VALUES: dict[Order, ColumnElement[Any]] = {
    Order.OLDEST: comment.c.at,
    Order.NEWEST: comment.c.at,
    Order.BEST: comment.c.favours,
    Order.MOST_ANSWERED: comment.c.answers,
}
After = tuple[datetime | int, UUID] | None
LEDGER = select(
    *(comment.c[name] for name in ("id", "process_id", "participant_id", "actor_key", "channel", "ladder_step")),
    *(comment.c[name] for name in ("status", "at")),
)
TEXT = select(comment.c.id, comment.c.body.label("text"))
_STANCE = case((comment.c.depth > 0, "reply"), (comment.c.position.is_(None), "none"), else_=comment.c.position)
FACET = select(comment.c.id, _STANCE.label("facet"))


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
    names = ("state", "status", "hidden_reason", "body", "original", "edited_at")
    values = {name: getattr(changed, name) for name in names}
    tx.change_one(update(comment).where(its).values(values))


def count_answer(tx: Transaction, root_id: UUID) -> None:
    """One more under this root."""
    tx.execute(update(comment).where(comment.c.id == root_id).values(answers=comment.c.answers + 1))


def favour(tx: Transaction, comment_id: UUID, actor_key: str, at: datetime) -> None:
    """Once an actor: the primary key has the last word."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(comment_favour).on_conflict_do_nothing().returning(comment_favour.c.comment_id)
    if tx.execute(once, {"comment_id": comment_id, "actor_key": actor_key, "at": at}).first():
        _favours(tx, comment_id, 1)


def unfavour(tx: Transaction, comment_id: UUID, actor_key: str) -> None:
    """What was not given changes nothing."""
    its = (comment_favour.c.comment_id == comment_id) & (comment_favour.c.actor_key == actor_key)
    if tx.execute(delete(comment_favour).where(its)).rowcount:
        _favours(tx, comment_id, -1)


def favoured(tx: Transaction, comment_ids: Sequence[UUID], actor_key: str) -> frozenset[UUID]:
    """Those of a page that an actor finds helpful, in one statement."""
    its = comment_favour.c.comment_id.in_(comment_ids) & (comment_favour.c.actor_key == actor_key)
    return frozenset(tx.execute(select(comment_favour.c.comment_id).where(its)).scalars())


def roots(tx: Transaction, proposal_id: UUID, order: Order, after: After, limit: int) -> list[Comment]:
    """Without official answers, which are pinned."""
    its = (comment.c.proposal_id == proposal_id) & (comment.c.depth == 0) & (comment.c.kind != Sort.OFFICIAL_ANSWER)
    return _page(tx, _COMMENT.where(its), order, after, limit)


def place(of: Comment, order: Order) -> list[object]:
    """The sort values of a comment in this order."""
    return [{Order.BEST: of.favours, Order.MOST_ANSWERED: of.answers}.get(order, of.at), of.id]


def pinned(tx: Transaction, proposal_id: UUID) -> list[Comment]:
    """Official answers that begin a thread, newest first."""
    its = (comment.c.proposal_id == proposal_id) & (comment.c.depth == 0) & (comment.c.kind == Sort.OFFICIAL_ANSWER)
    return _page(tx, _COMMENT.where(its, comment.c.state == State.VISIBLE), Order.NEWEST, None, MOST_PINNED)


def replies(tx: Transaction, root_id: UUID, after: After, limit: int) -> list[Comment]:
    """All answers under a root, oldest first."""
    its = (comment.c.root_id == root_id) & (comment.c.depth > 0)
    return _page(tx, _COMMENT.where(its), Order.OLDEST, after, limit)


def threads(tx: Transaction, roots: Sequence[Comment]) -> list[Thread]:
    """Each root with its first answers, in one statement however many threads there are."""
    place = func.row_number().over(partition_by=comment.c.root_id, order_by=(comment.c.at, comment.c.id))
    total = func.count().over(partition_by=comment.c.root_id)
    under = comment.c.root_id.in_([root.id for root in roots]) & (comment.c.depth > 0)
    ranked = select(*comment.columns, place.label("place"), total.label("total")).where(under).subquery()
    rows = tx.execute(select(ranked).where(ranked.c.place <= FIRST_REPLIES).order_by(ranked.c.place)).mappings().all()
    return [_thread(root, [row for row in rows if row["root_id"] == root.id]) for root in roots]


def _favours(tx: Transaction, comment_id: UUID, by: int) -> None:
    tx.execute(update(comment).where(comment.c.id == comment_id).values(favours=comment.c.favours + by))


def _page(tx: Transaction, query: Select[Any], order: Order, after: After, limit: int) -> list[Comment]:
    value = _VALUES[order]
    place = tuple_(value, comment.c.id)
    if order is Order.OLDEST:
        query = query.where(place > after) if after else query
        query = query.order_by(value, comment.c.id)
    else:
        query = query.where(place < after) if after else query
        query = query.order_by(value.desc(), comment.c.id.desc())
    query = query.limit(limit)
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
        "kind": Sort(values["kind"]),
    }
    return Comment(**values | states)
