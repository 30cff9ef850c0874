"""Every query about verification and decisions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, union, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.contributions import Status
from engagement.evaluation.model import Contributor, Published
from engagement.proposals.model import Decision, State, Verification
from engagement.tables import comment, decision, participant, proposal


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


def save(tx: Transaction, process_id: UUID, made: Decision, decided_by: str) -> None:
    """The decision on a proposal, in the place of one before it."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    values = {
        "outcome": made.outcome,
        "reason_code": made.reason_code,
        "reason": made.reason,
        "decided_by": decided_by,
        "decided_at": made.decided_at,
    }
    row = dialect.insert(decision).values(proposal_id=made.proposal_id, process_id=process_id, **values)
    tx.execute(row.on_conflict_do_update(index_elements=["proposal_id"], set_=values))


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
