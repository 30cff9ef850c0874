"""Every query of the lists. A page costs three statements: rows with counts and decisions, names, own supports."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, cast, func, select, tuple_

from chassis.database import Transaction
from engagement.listing.model import SIMILAR_FROM, SIMILAR_SHOWN, Order, Wanted, Work, likeness
from engagement.proposals.model import State, Verification
from engagement.proposals.store import SHOWN, Shown, shown
from engagement.tables import decision, proposal, proposal_counts

_SUPPORT = func.coalesce(proposal_counts.c.endorsements, 0)
_PRIME = 2147483647


def page(tx: Transaction, process_id: UUID, wanted: Wanted) -> list[Shown]:
    """One item more than the page holds, if there is one."""
    query = SHOWN.where(proposal.c.process_id == process_id, proposal.c.state == State.PUBLISHED)
    query = _ordered(_filtered(query, wanted), wanted)
    return [shown(row) for row in tx.execute(query.limit(wanted.limit + 1)).mappings()]


def place(of: Shown, wanted: Wanted) -> list[Any]:
    """The sort values of an item in this order."""
    if wanted.order is Order.MOST_SUPPORTED:
        return [of.counts.endorsements, str(of.proposal.id)]
    if wanted.order is Order.RANDOM:
        return [_shuffled_value(of.proposal.number or 0, wanted.seed), str(of.proposal.id)]
    return [of.proposal.published_at, str(of.proposal.id)]


def similar(tx: Transaction, process_id: UUID, title: str) -> list[Shown]:
    """Published proposals whose title resembles this one in any language, most alike first."""
    titles = select(proposal.c.id, proposal.c.title).where(
        proposal.c.process_id == process_id, proposal.c.state == State.PUBLISHED
    )
    scored = [(max(likeness(title, each) for each in row.title.values()), row.id) for row in tx.execute(titles)]
    best = sorted((each for each in scored if each[0] >= SIMILAR_FROM), reverse=True)[:SIMILAR_SHOWN]
    rows = tx.execute(SHOWN.where(proposal.c.id.in_([proposal_id for _, proposal_id in best]))).mappings()
    found = {row["id"]: shown(row) for row in rows}
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
    after = wanted.after
    if wanted.order is Order.MOST_SUPPORTED:
        query = query.order_by(_SUPPORT.desc(), proposal.c.id.desc())
        return query.where(tuple_(_SUPPORT, proposal.c.id) < (after[0], UUID(str(after[1])))) if after else query
    if wanted.order is Order.RANDOM:
        shuffled = _shuffled(wanted.seed)
        query = query.order_by(shuffled, proposal.c.id)
        return query.where(tuple_(shuffled, proposal.c.id) > (after[0], UUID(str(after[1])))) if after else query
    query = query.order_by(proposal.c.published_at.desc(), proposal.c.id.desc())
    if after is None:
        return query
    instant = datetime.fromisoformat(str(after[0]))
    return query.where(tuple_(proposal.c.published_at, proposal.c.id) < (instant, UUID(str(after[1]))))


def _shuffled(seed: int) -> ColumnElement[int]:
    """A number per proposal that one seed orders at random and always alike: no early post gains by its place."""
    return cast((proposal.c.number * 48271 + seed) * 16807 % _PRIME, Integer)


def _shuffled_value(number: int, seed: int) -> int:
    return (number * 48271 + seed) * 16807 % _PRIME
