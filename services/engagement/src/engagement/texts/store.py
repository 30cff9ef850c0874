"""Every query about former texts."""

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, insert, select

from chassis.database import Transaction
from engagement.tables import proposal_text
from engagement.texts.model import Cause, Version

_LONGEST = 200  # versions that a list shows; a proposal is amended a few times


def add(tx: Transaction, proposal_id: UUID, added: Version) -> None:
    """It stays as it is for ever."""
    tx.execute(insert(proposal_text), _row(proposal_id, added))


def of_proposal(tx: Transaction, proposal_id: UUID) -> list[Version]:
    """The first one first; none for a proposal that never changed."""
    query = select(proposal_text).where(proposal_text.c.proposal_id == proposal_id)
    rows = tx.execute(query.order_by(proposal_text.c.number).limit(_LONGEST)).mappings()
    return [_version(row) for row in rows]


def _row(proposal_id: UUID, of: Version) -> dict[str, Any]:
    values = {name: getattr(of, name) for name in ("number", "cause", "at", "amendment_id")}
    return values | {"proposal_id": proposal_id, "content": dict(of.content)}


def _version(row: RowMapping) -> Version:
    return Version(row["number"], row["content"], Cause(row["cause"]), row["at"], row["amendment_id"])
