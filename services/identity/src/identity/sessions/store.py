"""Every query about sessions."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from chassis.database import Transaction
from identity.sessions.model import Session
from identity.tables import sign_in_session


def add(tx: Transaction, session: Session) -> None:
    """A new session."""
    tx.execute(insert(sign_in_session), asdict(session))


def find(tx: Transaction, digest: str) -> Session | None:
    """None when there is no such session, or none any more."""
    row = tx.execute(select(sign_in_session).where(sign_in_session.c.digest == digest)).mappings().first()
    return Session(**row) if row else None


def note_use(tx: Transaction, digest: str, at: datetime) -> None:
    """It was used."""
    tx.execute(update(sign_in_session).where(sign_in_session.c.digest == digest).values(seen_at=at))


def end(tx: Transaction, digest: str) -> None:
    """It is over; once more changes nothing."""
    tx.execute(delete(sign_in_session).where(sign_in_session.c.digest == digest))


def forget_ended(tx: Transaction, at: datetime) -> None:
    """Those whose latest end has passed."""
    tx.execute(delete(sign_in_session).where(sign_in_session.c.ends_at < at))
