"""Every query about merged proposals."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, func, insert, select

from chassis.database import Transaction
from engagement.contributions import Status
from engagement.merging.model import Named, Relations, Supporter
from engagement.proposals.model import Proposal
from engagement.tables import endorsement, merged_proposal, participant, proposal

_NAMED = select(proposal.c.id, proposal.c.number, proposal.c.title)
ORIGINALS_SHOWN = 50


def add(tx: Transaction, into: Proposal, originals: Iterable[UUID], by: str, at: datetime) -> None:
    """Each original stands here once: its key has the last word."""
    common = {"proposal_id": into.id, "process_id": into.process_id, "by": by, "at": at}
    tx.execute(insert(merged_proposal), [common | {"original_id": each} for each in originals])


def merged(tx: Transaction, proposal_ids: Collection[UUID]) -> int:
    """How many of these were merged, or made by a merge."""
    its = merged_proposal.c.original_id.in_(proposal_ids) | merged_proposal.c.proposal_id.in_(proposal_ids)
    return int(tx.execute(select(func.count()).select_from(merged_proposal).where(its)).scalar_one())


def supporters(tx: Transaction, proposal_ids: Collection[UUID]) -> list[Supporter]:
    """Whoever supports one of these, each once."""
    counted = exists().where(
        endorsement.c.participant_id == participant.c.id,
        endorsement.c.proposal_id.in_(proposal_ids),
        endorsement.c.status == Status.COUNTED,
    )
    query = select(participant.c.id, participant.c.recipient, participant.c.language).where(counted)
    rows = tx.execute(query.order_by(participant.c.id))
    return [Supporter(row.id, row.recipient, row.language) for row in rows]


def supported_original(tx: Transaction, proposal_id: UUID, actor_key: str) -> bool:
    """Whether the actor's support for an original of this proposal counts."""
    its = (endorsement.c.actor_key == actor_key) & (endorsement.c.status == Status.COUNTED)
    originals = merged_proposal.c.original_id == endorsement.c.proposal_id
    query = select(endorsement.c.id).join(merged_proposal, originals)
    return tx.execute(query.where(its, merged_proposal.c.proposal_id == proposal_id).limit(1)).first() is not None


def relations(tx: Transaction, proposal_id: UUID) -> Relations:
    """Two statements."""
    into = _NAMED.join(merged_proposal, merged_proposal.c.proposal_id == proposal.c.id)
    originals = _NAMED.join(merged_proposal, merged_proposal.c.original_id == proposal.c.id)
    row = tx.execute(into.where(merged_proposal.c.original_id == proposal_id)).first()
    rows = tx.execute(
        originals.where(merged_proposal.c.proposal_id == proposal_id).order_by(proposal.c.number).limit(ORIGINALS_SHOWN)
    )
    return Relations(_named(row) if row else None, tuple(map(_named, rows)))


def _named(row: Row[Any]) -> Named:
    return Named(row.id, row.number, row.title)
