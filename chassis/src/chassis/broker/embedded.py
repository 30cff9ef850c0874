"""The broker without a broker: one ordered table in an SQLite file, a cursor per group and topic.

SQLite has a single writer, so commit order is `seq` order and reading `seq > cursor` skips nothing (PostgreSQL would).
A group's cursors are claimed by a file lock, which the kernel gives back when a process dies. A doorbell (a datagram
socket a member) wakes members at once; a poll every quarter of a second is the safety net.
"""

import contextlib
import fcntl
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from pathlib import Path

import orjson

from chassis import ids
from chassis.broker import Message, Record, Topic
from chassis.errors import Unavailable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, key TEXT NOT NULL,
    at TEXT NOT NULL, headers BLOB NOT NULL, value BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS ix_event_topic ON event (topic, seq);
CREATE TABLE IF NOT EXISTS cursor (
    "group" TEXT NOT NULL, topic TEXT NOT NULL, next INTEGER NOT NULL, PRIMARY KEY ("group", topic));
"""
_FALLBACK_SECONDS = 0.25


class EmbeddedLog:
    """All topics in `<folder>/events.db`. One object serves all threads of an app."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self._bells = self.folder / "bells"
        self._bells.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        with (self.folder / "opening.lock").open("a") as file:  # SQLite does not wait for whoever turns WAL on
            fcntl.flock(file, fcntl.LOCK_EX)
            self._connection = self._connect()
            self._connection.executescript(_SCHEMA)

    def ensure(self, topics: Sequence[Topic]) -> None:
        """Nothing: a topic is a word in a column."""

    def publish(self, messages: Sequence[Message]) -> None:
        """One transaction for all; synchronous FULL, so that they survive the power."""
        at = datetime.now(UTC).isoformat()
        rows = [(m.topic, m.key, at, orjson.dumps(m.headers), m.value) for m in messages]
        try:
            with self._writing() as connection:
                connection.executemany("INSERT INTO event (topic, key, at, headers, value) VALUES (?,?,?,?,?)", rows)
        except sqlite3.OperationalError as error:
            raise Unavailable("The event log cannot be written.") from error
        self._ring()

    def subscribe(self, group: str, topics: Sequence[str]) -> "EmbeddedSubscription":
        """Waits for nobody: another member's cursors stay hers until she closes or dies."""
        return EmbeddedSubscription(self, group, topics)

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """Records after the group's cursors."""
        with self._lock:
            return sum(
                self._connection.execute(
                    "SELECT count(*) FROM event WHERE topic = ?1 AND seq >= coalesce("
                    '(SELECT next FROM cursor WHERE "group" = ?2 AND topic = ?1), 0)',
                    (topic, group),
                ).fetchone()[0]
                for topic in topics
            )

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def read(self, group: str, topics: Sequence[str], limit: int) -> list[Record]:
        """Up to `limit` records after the group's cursors, in the order of the log."""
        with self._lock:
            cursors = dict(
                self._connection.execute('SELECT topic, next FROM cursor WHERE "group" = ?', (group,)).fetchall()
            )
            pages = [self._page(topic, cursors.get(topic, 0), limit) for topic in topics]
        return list(islice(merge(*pages, key=lambda record: record.offset), limit))

    def move(self, group: str, cursors: dict[str, int]) -> None:
        """Set the group's cursors, `{topic: next seq}`."""
        with self._writing() as connection:
            connection.executemany(
                'INSERT INTO cursor ("group", topic, next) VALUES (?,?,?) '
                'ON CONFLICT ("group", topic) DO UPDATE SET next = excluded.next',
                [(group, topic, following) for topic, following in cursors.items()],
            )

    def bell(self) -> socket.socket:
        """A new doorbell; closing it is enough, a dead one is swept at the next ring."""
        bell = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        with contextlib.suppress(OSError):  # a socket's path ends at 107 bytes; below a deeper folder the poll does
            bell.bind(str(self._bells / f"{os.getpid()}-{ids.code(1, 8)}"))
        return bell

    def _page(self, topic: str, start: int, limit: int) -> list[Record]:
        rows = self._connection.execute(
            "SELECT seq, key, at, headers, value FROM event WHERE topic = ? AND seq >= ? ORDER BY seq LIMIT ?",
            (topic, start, limit),
        )
        return [
            Record(topic, key, value, orjson.loads(headers), 0, seq, datetime.fromisoformat(at))
            for seq, key, at, headers, value in rows
        ]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.folder / "events.db", isolation_level=None, check_same_thread=False, timeout=30
        )
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000;")
        return connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk may have ended it already
                    self._connection.execute("ROLLBACK")
                raise

    def _ring(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hand:
            hand.setblocking(False)
            for bell in self._bells.iterdir():
                try:
                    hand.sendto(b"!", str(bell))
                except ConnectionRefusedError:  # its owner is dead
                    bell.unlink(missing_ok=True)
                except (BlockingIOError, FileNotFoundError, OSError):
                    continue  # a full bell has rung; a missing one has gone home


class EmbeddedSubscription:
    """A member of a group; reads nothing while another member holds the group's claim."""

    def __init__(self, log: EmbeddedLog, group: str, topics: Sequence[str]) -> None:
        self._log, self._group, self._topics = log, group, list(topics)
        self._claim = (log.folder / f"{group}.lock").open("a")
        self._mine = False
        self._bell = log.bell()
        self._ahead: dict[str, int] = {}

    def poll(self, limit: int, timeout_seconds: float) -> list[Record]:
        deadline = time.monotonic() + timeout_seconds
        while True:
            records = self._log.read(self._group, self._topics, limit) if self._claimed() else []
            left = deadline - time.monotonic()
            if records or left <= 0:
                return records
            self._wait(min(left, _FALLBACK_SECONDS))

    def commit(self, records: Sequence[Record]) -> None:
        if records:
            self._log.move(self._group, {record.topic: record.offset + 1 for record in records})

    def seek(self, topic: str, offset: int) -> None:
        self._log.move(self._group, {topic: offset})

    def close(self) -> None:
        self._claim.close()
        with contextlib.suppress(OSError):
            Path(self._bell.getsockname()).unlink(missing_ok=True)
        self._bell.close()

    def _claimed(self) -> bool:
        if not self._mine:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._mine = True
        return self._mine

    def _wait(self, seconds: float) -> None:
        self._bell.settimeout(seconds)
        with contextlib.suppress(TimeoutError):
            self._bell.recv(16)
            self._bell.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while self._bell.recv(16):  # many rings, one look
                    pass
