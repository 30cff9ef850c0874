"""Every query of the journal."""

from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.sealing import Sealer
from consent.journal import model
from consent.journal.model import START, Digest, Head, Row
from consent.tables import journal, journal_head

_HEAD = select(journal_head.c.number, journal_head.c.hash, journal_head.c.seal)
_ROWS = select(journal)
_INSERT = insert(journal)


def digest(sealer: Sealer) -> Digest:
    """The keyed digest of the chain."""
    return lambda text: sealer.digest(text, "journal")


def append(tx: Transaction, row: Row, sealer: Sealer) -> None:
    """Add a row at the end. Locks the head until the transaction ends."""
    keyed = digest(sealer)
    added = row.after(_locked_end(tx, keyed), keyed)
    tx.execute(_INSERT, asdict(added))
    tx.execute(update(journal_head).values(asdict(model.head(added.number, added.hash, keyed))))


def end(tx: Transaction, sealer: Sealer) -> Head:
    """Where the journal ends."""
    found = tx.execute(_HEAD).mappings().first()
    return Head(**found) if found else model.head(0, START, digest(sealer))


def _locked_end(tx: Transaction, keyed: Digest) -> Head:
    found = tx.execute(_HEAD.with_for_update()).mappings().first()
    if found is None:
        dialect = sqlite if tx.database.is_sqlite else postgresql
        row = {"id": 1, **asdict(model.head(0, START, keyed))}
        tx.execute(dialect.insert(journal_head).on_conflict_do_nothing(index_elements=["id"]), row)
        found = tx.execute(_HEAD.with_for_update()).mappings().one()
    return Head(**found)


def page(tx: Transaction, offset: int, limit: int) -> list[Row]:
    """Newest first."""
    rows = tx.execute(_ROWS.order_by(journal.c.number.desc()).offset(offset).limit(limit)).mappings()
    return [Row(**row) for row in rows]


def all_rows(tx: Transaction) -> Iterator[Row]:
    """The whole journal by number, a thousand rows in memory at a time."""
    for row in tx.stream(_ROWS.order_by(journal.c.number)):
        yield Row(**row)
