"""Every query about codes and issued tokens."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from chassis.database import Transaction
from identity.tables import authorization_code, issued_token
from identity.tokens.model import Code, Issued


def add_code(tx: Transaction, code: Code) -> None:
    """A new code."""
    tx.execute(insert(authorization_code), asdict(code))


def locked_code(tx: Transaction, digest: str, client_id: str) -> Code | None:
    """The client's code, held until the transaction ends, so that two redemptions follow one another."""
    its = (authorization_code.c.digest == digest) & (authorization_code.c.client_id == client_id)
    row = tx.execute(select(authorization_code).where(its).with_for_update()).mappings().first()
    return Code(**row) if row else None


def redeem(tx: Transaction, digest: str, at: datetime) -> None:
    """The code was used. Raises Stale when it was used before."""
    unused = (authorization_code.c.digest == digest) & authorization_code.c.redeemed_at.is_(None)
    tx.change_one(update(authorization_code).where(unused).values(redeemed_at=at))


def add_issued(tx: Transaction, issued: Issued) -> None:
    """A token was given out."""
    tx.execute(insert(issued_token), asdict(issued))


def issued(tx: Transaction, jti: UUID) -> Issued | None:
    """None when identity gave out no such token, or forgot it after it had ended."""
    row = tx.execute(select(issued_token).where(issued_token.c.jti == jti)).mappings().first()
    return Issued(**row) if row else None


def revoke(tx: Transaction, jti: UUID, at: datetime) -> None:
    """The token ends; once more changes nothing."""
    its = (issued_token.c.jti == jti) & issued_token.c.revoked_at.is_(None)
    tx.execute(update(issued_token).where(its).values(revoked_at=at))


def revoke_of_code(tx: Transaction, digest: str, at: datetime) -> None:
    """All that a code gave ends."""
    its = (issued_token.c.code_digest == digest) & issued_token.c.revoked_at.is_(None)
    tx.execute(update(issued_token).where(its).values(revoked_at=at))


def forget_ended(tx: Transaction, before: datetime) -> None:
    """Codes and tokens that ended before this instant."""
    tx.execute(delete(authorization_code).where(authorization_code.c.expires_at < before))
    tx.execute(delete(issued_token).where(issued_token.c.expires_at < before))
