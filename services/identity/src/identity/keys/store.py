"""Every query about signing keys."""

from datetime import datetime

from sqlalchemy import RowMapping, delete, insert, or_, select, text, update

from chassis.database import Transaction
from identity.keys.model import SigningKey
from identity.tables import signing_key

_FIND = select(signing_key)


def lock(tx: Transaction) -> None:
    """Let two processes that start together make one key; SQLite has one writer anyhow."""
    if not tx.database.is_sqlite:
        tx.execute(text("SELECT pg_advisory_xact_lock(hashtext('signing_key'))"))


def signing(tx: Transaction, at: datetime) -> SigningKey | None:
    """The newest key that signs now; None before the first start."""
    query = _FIND.where(signing_key.c.signs_from <= at, _published(at)).order_by(signing_key.c.signs_from.desc())
    row = tx.execute(query.limit(1)).mappings().first()
    return _key(row) if row else None


def published(tx: Transaction, at: datetime) -> list[SigningKey]:
    """All keys by which tokens can be verified now, newest first; also those that sign later."""
    query = _FIND.where(_published(at)).order_by(signing_key.c.signs_from.desc()).limit(20)
    return [_key(row) for row in tx.execute(query).mappings()]


def add(tx: Transaction, added: SigningKey) -> None:
    """A new key."""
    row = {
        "kid": added.kid,
        "algorithm": added.algorithm,
        "public": added.public,
        "private": added.sealed,
        "signs_from": added.signs_from,
        "published_until": added.published_until,
    }
    tx.execute(insert(signing_key), row)


def end_others(tx: Transaction, until: datetime) -> None:
    """All keys that there are verify until then at the latest."""
    its = update(signing_key).where(_published(until))
    tx.execute(its.values(published_until=until))


def forget_ended(tx: Transaction, at: datetime) -> None:
    """Keys that verify nothing any more."""
    tx.execute(delete(signing_key).where(signing_key.c.published_until <= at))


def _published(at: datetime):  # type: ignore[no-untyped-def]  # SQLAlchemy's expression
    return or_(signing_key.c.published_until.is_(None), signing_key.c.published_until > at)


def _key(row: RowMapping) -> SigningKey:
    return SigningKey(
        row["kid"], row["algorithm"], row["public"], row["private"], row["signs_from"], row["published_until"]
    )
