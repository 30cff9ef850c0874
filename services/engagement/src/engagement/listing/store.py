"""Every query of the lists. A page of proposals costs one statement: rows with counts, decisions, authors and the
reader's own support."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Double, Integer, Select, case, cast, func, select, tuple_

from chassis.database import Transaction
from chassis.sealing import Sealer
from engagement.listing.model import (
    MILLION,
    PRIME,
    SIMILAR_FROM,
    SIMILAR_SHOWN,
    Order,
    Wanted,
    Work,
    Z,
    shuffled,
    spread,
    wilson,
)
from engagement.proposals.model import Shown, State, Verification
from engagement.proposals.store import AUTHOR, SHOWN, show
from engagement.similarity import store as similarity
from engagement.similarity.model import likeness
from engagement.tables import decision, proposal, proposal_counts

_SUPPORT = func.coalesce(proposal_counts.c.endorsements, 0)


def _wilson() -> ColumnElement[int]:
    """`model.wilson`, of supporters and comments in favour against comments against."""
    favourable = cast(_SUPPORT + func.coalesce(proposal_counts.c.in_favour, 0), Double)
    heard = favourable + func.coalesce(proposal_counts.c.against, 0)
    share, square = favourable / heard, Z * Z
    low = share + square / (2 * heard) - Z * func.sqrt((share * (1 - share) + square / (4 * heard)) / heard)
    return case((heard > 0, cast(func.floor(MILLION * low / (1 + square / heard)), Integer)), else_=0)


_WILSON = _wilson()


def page(tx: Transaction, process_id: UUID, wanted: Wanted, subject: str | None, sealer: Sealer) -> list[Shown]:
    """As the person sees it; one item more than the page holds, if there is one."""
    query = SHOWN.where(proposal.c.process_id == process_id, proposal.c.state == State.PUBLISHED)
    query = _ordered(_filtered(query, wanted), wanted)
    return show(tx, query.limit(wanted.limit + 1), subject, sealer)


def place(of: Shown, wanted: Wanted) -> list[Any]:
    """The sort values of an item in this order."""
    if wanted.order is Order.MOST_SUPPORTED:
        return [of.counts.endorsements, of.proposal.id]
    if wanted.order is Order.BEST:
        return [wilson(of.counts.endorsements + of.counts.in_favour, of.counts.against), of.proposal.id]
    if wanted.order is Order.RANDOM:
        return [shuffled(of.proposal.number or 0, wanted.seed), of.proposal.id]
    return [of.proposal.published_at, of.proposal.id]


def mine(
    tx: Transaction,
    process_id: UUID,
    subject: str | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
    sealer: Sealer,
) -> list[Shown]:
    """What a person wrote here, whatever became of it, newest first."""
    query = SHOWN.where(proposal.c.process_id == process_id, AUTHOR.c.subject == (subject or ""))
    place = tuple_(proposal.c.created_at, proposal.c.id)
    query = query.where(place < after) if after else query
    query = query.order_by(proposal.c.created_at.desc(), proposal.c.id.desc())
    return show(tx, query.limit(limit), subject, sealer)


def similar(tx: Transaction, process_id: UUID, title: str, subject: str | None, sealer: Sealer) -> list[Shown]:
    """Published proposals whose title resembles this one in any language, most alike first. Three statements, however
    many proposals there are."""
    likely = similarity.candidates(tx, process_id, title)
    titles = select(proposal.c.id, proposal.c.title).where(
        proposal.c.id.in_(likely), proposal.c.state == State.PUBLISHED
    )
    scored = [(max(likeness(title, each) for each in row.title.values()), row.id) for row in tx.execute(titles)]
    best = sorted((each for each in scored if each[0] >= SIMILAR_FROM), reverse=True)[:SIMILAR_SHOWN]
    chosen = SHOWN.where(proposal.c.id.in_([proposal_id for _, proposal_id in best]))
    found = {each.proposal.id: each for each in show(tx, chosen, subject, sealer)}
    return [found[proposal_id] for _, proposal_id in best]


def _filtered(query: Select[Any], wanted: Wanted) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.category is not None:
        conditions.append(proposal.c.category == wanted.category)
    if wanted.outcome is not None:
        conditions += [decision.c.outcome == wanted.outcome, decision.c.published_at.is_not(None)]
    if wanted.work is Work.TO_VERIFY:
        conditions.append(proposal.c.verification == Verification.PENDING)
    if wanted.work is Work.TO_DECIDE:
        conditions += [proposal.c.verification == Verification.VALID, decision.c.outcome.is_(None)]
    if wanted.search:
        conditions += [proposal.c.search.contains(word, autoescape=True) for word in wanted.search.casefold().split()]
    return query.where(*conditions)


def _ordered(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """By the order's value, then by id, so that equal values keep their places from page to page."""
    if wanted.order is Order.RANDOM:
        ascending = tuple_(_shuffled(wanted.seed), proposal.c.id)
        query = query.where(ascending > wanted.after) if wanted.after else query
        return query.order_by(_shuffled(wanted.seed), proposal.c.id)
    value = {Order.MOST_SUPPORTED: _SUPPORT, Order.BEST: _WILSON}.get(wanted.order, proposal.c.published_at)
    query = query.where(tuple_(value, proposal.c.id) < wanted.after) if wanted.after else query
    return query.order_by(value.desc(), proposal.c.id.desc())


def _shuffled(seed: int) -> ColumnElement[int]:
    """A number per proposal that one seed orders at random and always alike: no early post gains by its place."""
    factor, offset = spread(seed)
    value = (cast(proposal.c.number, BigInteger) * factor + offset) % PRIME
    return value * value % PRIME
