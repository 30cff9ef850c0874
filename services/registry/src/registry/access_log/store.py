"""Every query of the log."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.sealing import Sealer
from registry.access_log import model
from registry.access_log.model import READS, START, Digest, Head, Row
from registry.tables import access_log, access_log_entry, log_head

_HEAD = select(log_head.c.number, log_head.c.hash, log_head.c.seal)
_ROWS = select(access_log)
_INSERT = insert(access_log)
_INSERT_ENTRY = insert(access_log_entry)


def digest(sealer: Sealer) -> Digest:
    """The keyed digest of the chain."""
    return lambda text: sealer.digest(text, "access_log")


def append(tx: Transaction, row: Row, owners: Mapping[UUID, str | None], sealer: Sealer) -> None:
    """Add a row at the end; `owners` are those of its entries. Locks the head until the transaction ends."""
    keyed = digest(sealer)
    added = row.after(_locked_end(tx, keyed), keyed)
    tx.execute(_INSERT, asdict(added))
    entries = [{"number": added.number, "entry_id": each, "owner": owner} for each, owner in owners.items()]
    if entries:
        tx.execute(_INSERT_ENTRY, entries)
    tx.execute(update(log_head).values(asdict(model.head(added.number, added.hash, keyed))))


def end(tx: Transaction, sealer: Sealer) -> Head:
    """Where the log ends."""
    found = tx.execute(_HEAD).mappings().first()
    return Head(**found) if found else model.head(0, START, digest(sealer))


def page(tx: Transaction, before: int | None, limit: int) -> list[Row]:
    """Newest first, of numbers less than `before` (None: all)."""
    query = _ROWS.order_by(access_log.c.number.desc()).limit(limit)
    query = query if before is None else query.where(access_log.c.number < before)
    return [Row(**row) for row in tx.execute(query).mappings()]


def usage(tx: Transaction, owner: str, registry: str | None, limit: int) -> list[tuple[Row, list[str]]]:
    """Reads of entries about this person, newest first, each with those of its entries that are hers."""
    query = (
        select(access_log, access_log_entry.c.entry_id)
        .join(access_log_entry, access_log_entry.c.number == access_log.c.number)
        .where(access_log_entry.c.owner == owner, access_log.c.action.in_(READS))
        .order_by(access_log.c.number.desc(), access_log_entry.c.entry_id)
        .limit(limit)
    )
    query = query if registry is None else query.where(access_log.c.registry == registry)
    found: dict[int, tuple[Row, list[str]]] = {}
    for row in tx.execute(query).mappings():
        values = dict(row)
        entry_id = str(values.pop("entry_id"))
        found.setdefault(row["number"], (Row(**values), []))[1].append(entry_id)
    return list(found.values())


def all_rows(tx: Transaction) -> Iterator[Row]:
    """The whole log by number, a thousand rows in memory at a time."""
    for row in tx.stream(_ROWS.order_by(access_log.c.number)):
        yield Row(**row)


def _locked_end(tx: Transaction, keyed: Digest) -> Head:
    found = tx.execute(_HEAD.with_for_update()).mappings().first()
    if found is None:
        dialect = sqlite if tx.database.is_sqlite else postgresql
        row = {"id": 1, **asdict(model.head(0, START, keyed))}
        tx.execute(dialect.insert(log_head).on_conflict_do_nothing(index_elements=["id"]), row)
        found = tx.execute(_HEAD.with_for_update()).mappings().one()
    return Head(**found)
