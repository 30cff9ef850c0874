"""Every query about verification and decisions."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, union, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.contributions import Status
from engagement.evaluation.model import Contributor, Decided, Details, Published
from engagement.proposals.model import Decision, State, Verification
from engagement.tables import comment, decision, participant, proposal

_PLAIN = Details()
_RULED = ("outcome", "reason_code", "reason", "decided_by", "decided_at")
_DETAILS = tuple(each.name for each in fields(Details))


def unverified(tx: Transaction, process_id: UUID) -> int:
    """How many published proposals nobody has checked."""
    waiting = proposal.c.verification == Verification.PENDING
    its = select(func.count()).select_from(proposal).where(_published(process_id), waiting)
    return int(tx.execute(its).scalar_one())


def undecided(tx: Transaction, process_id: UUID) -> int:
    """How many published proposals that are not invalid have no decision."""
    waiting = (proposal.c.verification != Verification.INVALID) & decision.c.outcome.is_(None)
    joined = proposal.join(decision, decision.c.proposal_id == proposal.c.id, isouter=True)
    its = select(func.count()).select_from(joined).where(_published(process_id), waiting)
    return int(tx.execute(its).scalar_one())


def save(
    tx: Transaction, process_id: UUID, made: Sequence[Decision], decided_by: str, details: Details = _PLAIN
) -> None:
    """Decisions with the same details, each in the place of the one before on its proposal; one statement."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = dialect.insert(decision)
    given = {name: row.excluded[name] for name in (*_RULED, *_DETAILS)}
    upsert = row.on_conflict_do_update(index_elements=["proposal_id"], set_=given)
    common = {"process_id": process_id, "decided_by": decided_by} | asdict(details)
    own = ("proposal_id", "outcome", "reason_code", "reason", "decided_at")
    tx.execute(upsert, [common | {name: getattr(each, name) for name in own} for each in made])


def find(tx: Transaction, proposal_id: UUID) -> Decided | None:
    """The decision on a proposal with its details; None without one."""
    row = tx.execute(select(decision).where(decision.c.proposal_id == proposal_id)).first()
    if row is None:
        return None
    made = Decision(proposal_id, row.outcome, row.reason_code, row.reason, row.decided_at, row.published_at)
    return Decided(made, Details(**{name: getattr(row, name) for name in _DETAILS}))


def decidable(tx: Transaction, process_id: UUID, proposal_ids: Collection[UUID]) -> int:
    """How many of these are public, checked and valid in the process."""
    valid = proposal.c.id.in_(proposal_ids) & (proposal.c.verification == Verification.VALID)
    counts = proposal.c.status == Status.COUNTED
    its = select(func.count()).select_from(proposal).where(_published(process_id), valid, counts)
    return int(tx.execute(its).scalar_one())


def not_before(tx: Transaction, process_id: UUID) -> datetime | None:
    """The last instant that a decision of the process names; None without one."""
    its = select(func.max(decision.c.publish_at)).where(decision.c.process_id == process_id)
    found: datetime | None = tx.execute(its).scalar()
    return found


def publish(tx: Transaction, process_id: UUID, at: datetime) -> list[Published]:
    """Make all decisions public; those on proposals that count, in the order of their numbers."""
    its = (decision.c.process_id == process_id) & decision.c.published_at.is_(None)
    tx.execute(update(decision).where(its).values(published_at=at))
    query = (
        select(decision.c.proposal_id, decision.c.outcome, decision.c.reason_code)
        .join(proposal, proposal.c.id == decision.c.proposal_id)
        .where(decision.c.process_id == process_id, proposal.c.status == Status.COUNTED)
        .order_by(proposal.c.number)
    )
    return [Published(row.proposal_id, row.outcome, row.reason_code) for row in tx.execute(query)]


def contributors(tx: Transaction, process_id: UUID) -> list[Contributor]:
    """Participants with at least one proposal or comment that counts, each once."""
    authors = union(
        *(
            select(each.c.participant_id).where(each.c.process_id == process_id, each.c.status == Status.COUNTED)
            for each in (proposal, comment)
        )
    )
    query = select(participant.c.id, participant.c.recipient, participant.c.language)
    rows = tx.execute(query.where(participant.c.id.in_(authors)).order_by(participant.c.id))
    return [Contributor(row.id, row.recipient, row.language) for row in rows]


def _published(process_id: UUID) -> ColumnElement[bool]:
    return (proposal.c.process_id == process_id) & (proposal.c.state == State.PUBLISHED)
