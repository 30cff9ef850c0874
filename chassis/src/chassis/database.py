"""The block's own database. `transaction()` writes, `reading()` reads; nothing else opens either.

SQLite: write-ahead log, `synchronous=FULL` (what was acknowledged is on disk), `BEGIN IMMEDIATE` for writers behind one
lock, because ten threads waiting in SQLite's busy handler have a p99 of a second.

PostgreSQL: READ COMMITTED for writers, so that what several may change at once is locked first and read then; one
snapshot for readers.
"""

import fcntl
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, CursorResult, Engine, Executable, RowMapping, Select, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from chassis.errors import Stale

_PATIENCE_SECONDS = 5  # for a connection: a database that is away must not hold every thread of a process
_SESSION = (
    "timezone=UTC",  # instants near the end of the calendar have no form in other zones
    "statement_timeout=30000",
    "idle_in_transaction_session_timeout=60000",
    # the server forgets a client whose machine is gone, and with it what that client leads or locks, after a minute
    "tcp_keepalives_idle=30",
    "tcp_keepalives_interval=10",
    "tcp_keepalives_count=3",
)
_depth: ContextVar[int] = ContextVar("open_transactions", default=0)


class Transaction:
    """An open transaction. Whoever takes `tx` touches the database; whoever does not, does not."""

    def __init__(self, connection: Connection, database: "Database") -> None:
        self.connection = connection
        self.database = database
        self._after_commit: list[Callable[[], None]] = []

    def execute(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Run a statement; with a list of values, once for each."""
        return self.connection.execute(statement, values)

    def stream(self, query: Select[Any]) -> Iterator[RowMapping]:
        """The rows of a long answer, a thousand in memory at a time. Whoever stops early leaves no cursor open."""
        result = self.connection.execute(query.execution_options(yield_per=1000))
        try:
            yield from result.mappings()
        finally:
            result.close()

    def change_one(self, statement: Executable, values: Mapping[str, Any] | None = None) -> None:
        """Run an update that must meet exactly one row. Raises Stale when it meets none."""
        if self.execute(statement, values).rowcount != 1:
            raise Stale("It was changed since it was read.")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What fails inside is undone alone."""
        with self.connection.begin_nested():
            yield

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call this once the rows are on disk; never when they are rolled back."""
        self._after_commit.append(call)

    def committed(self) -> None:
        """The database tells that it has committed."""
        for call in self._after_commit:
            call()


@dataclass(frozen=True, slots=True)
class Connections:
    """Connections to the database: in use, idle, and how many there may be."""

    used: int
    idle: int
    most: int


class Database:
    """Engine, transactions and leadership of one app."""

    def __init__(self, url: str, before_commit: Callable[[], None] = lambda: None) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        # a pool of its own on SQLite: `query_only` belongs to a connection, and switching it costs a call a transaction
        self._readers = (
            _sqlite_engine(url, reading=True) if self.is_sqlite else self.engine.execution_options(reading=True)
        )
        self._write_lock = threading.Lock()
        self._before_commit = before_commit
        self._bells: dict[str, threading.Event] = {}

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Write. Commits when the block ends, rolls everything back when it raises."""
        with self._opened(self.engine, self._write_lock if self.is_sqlite else None) as tx:
            yield tx
            self._before_commit()
        tx.committed()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Read one consistent state. Writing here is an error of the database."""
        with self._opened(self._readers, None) as tx:
            yield tx

    def bell(self, name: str) -> threading.Event:
        """Set when a transaction left work of this name; whoever does the work waits for it and clears it."""
        return self._bells.setdefault(name, threading.Event())

    def ready(self) -> bool:
        """Whether the database answers."""
        with self._readers.connect() as connection:
            return connection.execute(text("SELECT 1")).scalar() == 1

    @contextmanager
    def leader(self, name: str) -> Iterator[bool]:
        """Whether this process may do the work of this name alone; the claim ends with the block or the process."""
        if self.is_sqlite:
            with self._file_claim(name) as mine:
                yield mine
        else:
            with self._advisory_claim(name) as mine:
                yield mine

    def connections(self) -> Connections:
        """What the pools hold now."""
        pools = [each for each in {self.engine.pool, self._readers.pool} if isinstance(each, QueuePool)]
        used, idle = sum(each.checkedout() for each in pools), sum(each.checkedin() for each in pools)
        return Connections(used, idle, sum(each.size() + each._max_overflow for each in pools))

    def close(self) -> None:
        """Let all connections go."""
        self.engine.dispose()
        self._readers.dispose()

    @contextmanager
    def _opened(self, engine: Engine, lock: AbstractContextManager[object] | None) -> Iterator[Transaction]:
        if _depth.get():
            raise RuntimeError("a transaction is open already; pass its tx instead of opening a second one")
        with lock or nullcontext(), engine.connect() as connection:
            token = _depth.set(1)
            try:
                with connection.begin():
                    tx = Transaction(connection, self)
                    yield tx
            finally:
                _depth.reset(token)

    @contextmanager
    def _file_claim(self, name: str) -> Iterator[bool]:
        path = Path(f"{self.url.database}.{name}.lock")
        with path.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                mine = True
            except BlockingIOError:
                mine = False
            yield mine

    @contextmanager
    def _advisory_claim(self, name: str) -> Iterator[bool]:
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            key = {"key": name}
            mine = connection.execute(text("SELECT pg_try_advisory_lock(hashtext(:key))"), key).scalar() is True
            try:
                yield mine
            finally:
                if mine:
                    connection.execute(text("SELECT pg_advisory_unlock(hashtext(:key))"), key)


def transaction_is_open() -> bool:
    """Whether this thread stands inside a transaction; a peer must not be called then (ADR 0006)."""
    return _depth.get() > 0


def _postgresql_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=10,
        pool_timeout=_PATIENCE_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": _PATIENCE_SECONDS, "options": " ".join(f"-c {each}" for each in _SESSION)},
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reading"):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def _sqlite_engine(url: str, *, reading: bool = False) -> Engine:
    Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
    arguments = {"isolation_level": None, "check_same_thread": False, "timeout": 30}
    engine = create_engine(url, connect_args=arguments, pool_size=8, max_overflow=24, hide_parameters=True)
    pragmas = ["busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"]
    pragmas += ["query_only=ON"] if reading else []

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:  # Any: the driver's connection
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").fetchall()

    statement = "BEGIN" if reading else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        try:  # past SQLAlchemy, whose own way to run a statement costs as much as a small query
            connection.connection.driver_connection.execute(statement)  # type: ignore[union-attr]
        except sqlite3.OperationalError as error:
            raise OperationalError(statement, None, error) from error

    return engine
