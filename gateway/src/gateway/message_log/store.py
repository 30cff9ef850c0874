"""Rows of the message log: only ever added, read in order."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, insert, select, text

from chassis.database import Transaction
from gateway.message_log.model import EMPTY, Head, Record, Signed
from gateway.tables import message_head, message_record

_COLUMNS = ("seq", "kind", "request_id", "at", "client", "service", "content", "hash")
_values = attrgetter(*_COLUMNS)
_SIGN = insert(message_head)
_RECORD = select(*message_record.c)
_HEAD = select(message_head.c.seq, message_head.c.hash, message_head.c.key_id, message_head.c.signature)
_LAST = select(message_record.c.seq, message_record.c.hash).order_by(message_record.c.seq.desc()).limit(1)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('message_log'))")
_PAGE = 1_000
_BEFORE_ALL = -(2**63)  # a record whose number was altered to nothing or less must still be read


def lock(tx: Transaction) -> None:
    """Let the mediators that share a log write one after the other, until the transaction ends; SQLite has one writer
    anyhow. The primary key forbids a fork, but without this the slower of two would be refused at each batch."""
    if not tx.database.is_sqlite:
        tx.execute(_LOCK)


def head(tx: Transaction) -> Head:
    """The chain's last record; EMPTY without any."""
    row = tx.execute(_LAST).one_or_none()
    return Head(row.seq, bytes(row.hash)) if row else EMPTY


def add(tx: Transaction, records: Sequence[Record], signed: Signed) -> None:
    """Add a batch and its signed head. The primary key refuses a second record of one number.

    One statement for all rows, not one a row: SQLite's driver lets go of the interpreter lock at each statement, and
    while the event loop is busy it takes up to five milliseconds to get it back.
    """
    row = f"({', '.join([_mark(tx)] * len(_COLUMNS))})"
    added = f"INSERT INTO message_record ({', '.join(_COLUMNS)}) VALUES {', '.join([row] * len(records))}"  # noqa: S608 - names of our own columns
    tx.connection.exec_driver_sql(added, tuple(value for record in records for value in _values(record)))
    head = {"seq": signed.head.seq, "hash": signed.head.hash, "key_id": signed.key_id, "signature": signed.signature}
    tx.execute(_SIGN, head)


def records(tx: Transaction) -> Iterator[Record]:
    """All records in order, a page at a time."""
    after = _BEFORE_ALL
    while rows := tx.execute(_RECORD.where(message_record.c.seq > after).order_by("seq").limit(_PAGE)).all():
        yield from map(_record, rows)
        after = rows[-1].seq


def signed(tx: Transaction) -> Iterator[Signed]:
    """All signed heads in order, a page at a time."""
    after = _BEFORE_ALL
    while rows := tx.execute(_HEAD.where(message_head.c.seq > after).order_by("seq").limit(_PAGE)).all():
        yield from (Signed(Head(row.seq, bytes(row.hash)), row.key_id, bytes(row.signature)) for row in rows)
        after = rows[-1].seq


def last_signed(tx: Transaction, key_id: str) -> int:
    """Number of the last record that a head signed with this key vouches for; 0 without any."""
    newest = select(message_head.c.seq).where(message_head.c.key_id == key_id).order_by(message_head.c.seq.desc())
    return tx.execute(newest.limit(1)).scalar() or 0


def of_request(tx: Transaction, request_id: str) -> Sequence[Record]:
    """The records of one exchange, in order; at most a hundred."""
    found = _RECORD.where(message_record.c.request_id == request_id).order_by("seq").limit(100)
    return [_record(row) for row in tx.execute(found)]


def _record(row: Row[Any]) -> Record:  # Any: the row's columns are those of the table
    return Record(row.seq, row.kind, row.request_id, row.at, row.client, row.service, row.content, bytes(row.hash))


def _mark(tx: Transaction) -> str:
    """A parameter's place in the driver's own SQL."""
    return "?" if tx.database.is_sqlite else "%s"
