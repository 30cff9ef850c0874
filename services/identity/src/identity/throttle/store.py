"""Every query about failures."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from identity.tables import failure
from identity.throttle.model import FORGOTTEN_AFTER, Failures


def locked(tx: Transaction, keys: Iterable[str], at: datetime) -> dict[str, Failures]:
    """The failures under each key, held until the transaction ends, so that attempts follow one another."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    nothing = [{"key": key, "count": 0, "since": at, "last_at": at} for key in sorted(keys)]
    added = dialect.insert(failure).values(nothing)
    # a row that stands is written as it is, which locks it; one that another attempt forgets meanwhile is made anew
    held = added.on_conflict_do_update(index_elements=["key"], set_={"count": failure.c.count})
    rows = tx.execute(held.returning(*failure.c)).mappings()
    return {row["key"]: Failures(row["count"], row["since"], row["last_at"]) for row in rows}


def save(tx: Transaction, key: str, failures: Failures) -> None:
    """What stands under one key now."""
    values = {"count": failures.count, "since": failures.since, "last_at": failures.last_at}
    tx.execute(update(failure).where(failure.c.key == key).values(values))


def forget(tx: Transaction, keys: Iterable[str]) -> None:
    """It went well."""
    tx.execute(delete(failure).where(failure.c.key.in_(list(keys))))


def take_back(tx: Transaction, key: str) -> None:
    """One attempt under this key was no failure."""
    tx.execute(update(failure).where(failure.c.key == key, failure.c.count > 0).values(count=failure.c.count - 1))


def forget_old(tx: Transaction, at: datetime) -> None:
    """What nobody waits for any more."""
    tx.execute(delete(failure).where(failure.c.last_at < at - FORGOTTEN_AFTER))
