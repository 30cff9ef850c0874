"""Every query about thresholds."""

from uuid import UUID

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.contributions import Status
from engagement.processes.model import State
from engagement.rules.store import settings
from engagement.tables import (
    endorsement,
    participant,
    process,
    proposal,
    proposal_counts,
    proposal_rules,
    threshold_reached,
)
from engagement.thresholds.model import Reached

_ITS = proposal.c.id == bindparam("proposal_id")
_NEW = ~exists().where(threshold_reached.c.proposal_id == proposal.c.id)
_RULED = (
    select(
        proposal.c.process_id,
        process.c.strategy,
        proposal_rules.c.settings,
        func.coalesce(proposal_counts.c.endorsements, 0).label("folded"),
    )
    .join(proposal_rules, proposal_rules.c.process_id == proposal.c.process_id)
    .join(process, process.c.id == proposal.c.process_id)
    .join(proposal_counts, proposal_counts.c.proposal_id == proposal.c.id, isouter=True)
    .where(_ITS, _NEW, process.c.state.in_([State.SCHEDULED, State.OPEN, State.CLOSED]))
)


def nearly(tx: Transaction, proposal_id: UUID) -> tuple[UUID, int] | None:
    """The process and how many supporters it takes, where the folded count says that they are there and nobody was told
    yet. One statement, so that support costs little where there is no threshold."""
    row = tx.execute(_RULED, {"proposal_id": proposal_id}).first()
    threshold = settings(row.settings)["threshold"] if row else None
    if row is None or threshold is None:
        return None
    needed: int | None = threshold.supporters(row.strategy.get("eligible_population"))
    return (row.process_id, needed) if needed is not None and row.folded >= needed else None


def counted(tx: Transaction, proposal_id: UUID) -> int:
    """Support that counts, over the rows themselves."""
    its = (endorsement.c.proposal_id == proposal_id) & (endorsement.c.status == Status.COUNTED)
    return int(tx.execute(select(func.count()).where(its)).scalar_one())


def add(tx: Transaction, reached: Reached) -> bool:
    """False when it was reached before: the primary key has the last word."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(threshold_reached).on_conflict_do_nothing().returning(threshold_reached.c.proposal_id)
    row = {column.name: getattr(reached, column.name) for column in threshold_reached.columns}
    return tx.execute(once, row).first() is not None


def recipient(tx: Transaction, proposal_id: UUID) -> str | None:
    """Where the author's notices go."""
    query = select(participant.c.recipient).join(proposal, proposal.c.participant_id == participant.c.id)
    found: str | None = tx.execute(query.where(proposal.c.id == proposal_id)).scalar()
    return found
