"""Every query about proofs of addresses."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, or_, select, update

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.access.model import Proof, Way
from engagement.tables import proof


def add(tx: Transaction, added: Proof) -> None:
    """A proof whose code is on its way."""
    tx.execute(insert(proof), {column.name: getattr(added, column.name) for column in proof.columns})


def lately(tx: Transaction, process_id: UUID, subject: str, address_digest: str, since: datetime) -> int:
    """Codes that were sent to this address, or for this visitor, after an instant."""
    either = or_(proof.c.address_digest == address_digest, proof.c.subject == subject)
    query = select(func.count()).select_from(proof).where(proof.c.process_id == process_id, either, proof.c.at > since)
    return int(tx.execute(query).scalar_one())


def find(tx: Transaction, proof_id: UUID, subject: str) -> Proof:
    """The visitor's own. Raises NotFound."""
    its = (proof.c.id == proof_id) & (proof.c.subject == subject)
    row = tx.execute(select(proof).where(its)).mappings().first()
    if row is None:
        raise NotFound("There is no such proof.")
    return _proof(row)


def confirmed(tx: Transaction, process_id: UUID, subject: str) -> Proof | None:
    """What the visitor proved in the process; None while she has not."""
    its = (proof.c.process_id == process_id) & (proof.c.subject == subject) & proof.c.confirmed_at.is_not(None)
    row = tx.execute(select(proof).where(its).order_by(proof.c.at.desc()).limit(1)).mappings().first()
    return _proof(row) if row else None


def save(tx: Transaction, before: Proof, after: Proof) -> None:
    """One try more. Raises Stale when another came between: no code is tried twice for the price of once."""
    its = (proof.c.id == after.id) & (proof.c.tries == before.tries) & proof.c.confirmed_at.is_(None)
    tx.change_one(update(proof).where(its).values(tries=after.tries, confirmed_at=after.confirmed_at))


def forget(tx: Transaction, before: datetime) -> int:
    """Proofs from before an instant mean nothing any more; how many there were."""
    return tx.execute(delete(proof).where(proof.c.at < before)).rowcount


def _proof(row: Any) -> Proof:  # Any: a row of the table
    return Proof(**dict(row) | {"way": Way(row["way"])})
