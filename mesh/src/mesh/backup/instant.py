"""All databases of a mesh at one instant, while it runs.

Writers are held for some milliseconds, all at once; meanwhile a reader begins in each database, and what it sees stays
as it is for as long as it reads. The copies together are what a power cut at that instant would have left: no event is
handled that was not told, none is marked as published that the log does not hold.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from mesh.backup import postgresql, sqlite

_PATIENCE_SECONDS = 30
_GATES = ("inbox", "outbox", "message_record")  # in the order in which transactions write them


class Seen(Protocol):
    """A database as it was at the instant."""

    def copy(self, target: Path) -> None:
        """Write all of it into a file."""
        ...

    def rows(self) -> dict[str, int]:
        """`{table: rows}`."""
        ...


@contextmanager
def seen(addresses: Mapping[str, str]) -> Iterator[dict[str, Seen]]:
    """The databases at these addresses, by name, to be read until the block ends."""
    with ExitStack() as readers:
        with ExitStack() as writers:
            begins = {name: _held(make_url(url), readers, writers) for name, url in sorted(addresses.items())}
            found = {name: begin() for name, begin in begins.items()}
        yield found


def _held(url: URL, readers: ExitStack, writers: ExitStack) -> Callable[[], Seen]:
    """Nobody writes until `writers` closes; calling begins to read."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(Path(url.database or ""), readers, writers)
    return _postgresql(url, readers, writers)


@dataclass(frozen=True, slots=True)
class _Sqlite:
    reader: sqlite3.Connection

    def copy(self, target: Path) -> None:
        with closing(sqlite3.connect(target)) as copied:
            self.reader.backup(copied)  # goes on in the transaction that the reader has begun

    def rows(self) -> dict[str, int]:
        return sqlite.rows(self.reader)


def _sqlite(path: Path, readers: ExitStack, writers: ExitStack) -> Callable[[], Seen]:
    writer = writers.enter_context(closing(sqlite.connected(path)))
    reader = readers.enter_context(closing(sqlite.connected(path)))
    writer.execute("BEGIN IMMEDIATE")

    def begin() -> Seen:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()  # what the first read sees, all others see
        return _Sqlite(reader)

    return begin


@dataclass(frozen=True, slots=True)
class _Postgresql:
    url: URL
    reader: sa.Connection
    snapshot: str

    def copy(self, target: Path) -> None:
        postgresql.dump(self.url, self.snapshot, target)

    def rows(self) -> dict[str, int]:
        return postgresql.rows(self.reader)


def _postgresql(url: URL, readers: ExitStack, writers: ExitStack) -> Callable[[], Seen]:
    engine = sa.create_engine(url, hide_parameters=True)
    readers.callback(engine.dispose)
    writer = writers.enter_context(engine.connect())
    there = set(sa.inspect(writer).get_table_names())
    writer.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE_SECONDS}s'")
    for gate in _GATES:
        if gate in there:
            writer.exec_driver_sql(f"LOCK TABLE {gate} IN SHARE MODE")
    reader = readers.enter_context(engine.connect().execution_options(isolation_level="REPEATABLE READ"))

    def begin() -> Seen:
        snapshot = reader.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        return _Postgresql(url, reader, snapshot)

    return begin
