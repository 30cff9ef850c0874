"""Every query about follows and news. Addresses are sealed at rest."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, literal, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.follows.model import Due, Follow, News, NewsKind
from engagement.proposals.model import State
from engagement.tables import decision, follow, phase, proposal

_PLACE = "follow.address"
_PUBLIC = proposal.c.state == State.PUBLISHED


def ask(tx: Transaction, wanted: Follow, again_after: datetime, sealer: Sealer) -> UUID | None:
    """The id under which the address is to answer; None when nothing is to be sent, because it follows already or was
    asked since `again_after`. The unique index has the last word."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = {
        "id": wanted.id,
        "process_id": wanted.process_id,
        "address": sealer.seal(wanted.address, _PLACE),
        "address_digest": wanted.address_digest,
        "language": wanted.language,
        "told_until": wanted.told_until,
        "at": wanted.at,
    }
    first = dialect.insert(follow)
    fresh = {name: first.excluded[name] for name in ("address", "language", "at")}
    waiting = follow.c.confirmed_at.is_(None) & (follow.c.at <= again_after)
    keys = ["process_id", "address_digest"]
    asked = first.on_conflict_do_update(index_elements=keys, set_=fresh, where=waiting).returning(follow.c.id)
    found: UUID | None = tx.execute(asked, row).scalar()
    return found


def find(tx: Transaction, follow_id: UUID, sealer: Sealer) -> Follow:
    """Raises NotFound."""
    row = tx.execute(select(follow).where(follow.c.id == follow_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such follow.")
    return Follow(**dict(row) | {"address": sealer.open(row["address"], _PLACE)})


def confirm(tx: Transaction, follow_id: UUID, at: datetime) -> None:
    """The address has answered; news are told from here on. A second answer changes nothing."""
    its = (follow.c.id == follow_id) & follow.c.confirmed_at.is_(None)
    tx.execute(update(follow).where(its).values(confirmed_at=at, told_until=at))


def remove(tx: Transaction, follow_id: UUID) -> None:
    """The address is gone from here."""
    tx.execute(delete(follow).where(follow.c.id == follow_id))


def drop_unconfirmed(tx: Transaction, before: datetime) -> None:
    """Addresses that never answered."""
    tx.execute(delete(follow).where(follow.c.confirmed_at.is_(None), follow.c.at < before))


def due(tx: Transaction, told_before: datetime, until: datetime, limit: int) -> list[Due]:
    """Followers whose period is over and what is new for each: one statement however many they are."""
    since = follow.c.told_until
    new = {
        "proposals": _number(proposal.c.id).where(proposal.c.process_id == follow.c.process_id, _PUBLIC)
        .where(proposal.c.published_at > since, proposal.c.published_at <= until),
        "answers": _number(decision.c.proposal_id)
        .join_from(decision, proposal, proposal.c.id == decision.c.proposal_id)
        .where(proposal.c.process_id == follow.c.process_id)
        .where(decision.c.published_at > since, decision.c.published_at <= until),
        "phases": _number(phase.c.id).where(phase.c.process_id == follow.c.process_id)
        .where(phase.c.opens_at > since, phase.c.opens_at <= until),
    }  # fmt: skip
    counted = [query.correlate(follow).scalar_subquery().label(name) for name, query in new.items()]
    waiting = follow.c.confirmed_at.is_not(None) & (follow.c.told_until <= told_before)
    query = select(follow.c.id, *counted).where(waiting).order_by(follow.c.told_until, follow.c.id).limit(limit)
    return [Due(row.id, row.proposals, row.answers, row.phases) for row in tx.execute(query)]


def told(tx: Transaction, follow_ids: Iterable[UUID], until: datetime) -> None:
    """These know all up to here."""
    tx.execute(update(follow).where(follow.c.id.in_(list(follow_ids))).values(told_until=until))


def news(tx: Transaction, process_id: UUID, at: datetime, limit: int) -> list[News]:
    """What has happened in the process up to an instant, newest first, in one statement."""
    opened = phase.c.opens_at, phase.c.opens_at <= at
    closed = phase.c.closes_at, phase.c.closes_at <= at
    whole = union_all(
        _entries(NewsKind.PROPOSAL, proposal.c.id, proposal.c.title, proposal.c.published_at)
        .where(proposal.c.process_id == process_id, _PUBLIC)
        .order_by(proposal.c.published_at.desc())
        .limit(limit)
        .subquery()
        .select(),
        _entries(NewsKind.ANSWER, proposal.c.id, proposal.c.title, decision.c.published_at)
        .join_from(proposal, decision, decision.c.proposal_id == proposal.c.id)
        .where(proposal.c.process_id == process_id, _PUBLIC, decision.c.published_at.is_not(None))
        .order_by(decision.c.published_at.desc())
        .limit(limit)
        .subquery()
        .select(),
        *(
            _entries(kind, phase.c.id, phase.c.title, instant).where(phase.c.process_id == process_id, passed)
            for kind, (instant, passed) in ((NewsKind.PHASE_OPENED, opened), (NewsKind.PHASE_CLOSED, closed))
        ),
    ).subquery()
    rows = tx.execute(select(whole).order_by(whole.c.at.desc(), whole.c.id.desc()).limit(limit))
    return [News(NewsKind(row.kind), row.id, row.title, row.at) for row in rows]


def _number(column: Any) -> Select[Any]:  # Any: a column of whichever type
    return select(func.count(column))


def _entries(kind: NewsKind, subject: Any, title: Any, at: Any) -> Select[Any]:  # Any: columns
    return select(literal(kind.value).label("kind"), subject.label("id"), title.label("title"), at.label("at"))
