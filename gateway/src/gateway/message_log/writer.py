"""One thread writes the log: everything that waits goes into one batch, one transaction, one signature.

Whoever appends waits until the batch is on disk. Group commit makes that cost a tenth more than writing behind,
and only this deserves the word evidence.
"""

import asyncio
import json
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from chassis.database import Database
from chassis.errors import Unavailable
from gateway.message_log import store
from gateway.message_log.model import EMPTY, Entry, Head, Record, Signed, append

_LARGEST_BATCH = 256
_HEAD_KEPT_EVERY_SECONDS = 1.0

log = logging.getLogger(__name__)


class LoggingFailed(Unavailable):
    """What happened cannot be put on record, so it must not happen."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    entry: Entry
    done: asyncio.Future[None]
    since: float  # the loop's seconds


class Writer:
    """`sign` makes a head's signature; `written` hears each batch's size; `head_file` keeps the last head outside the
    database, so that a log whose end was cut off can be told from a short one."""

    def __init__(
        self,
        database: Database,
        sign: Callable[[Head], Signed],
        *,
        head_file: Path,
        written: Callable[[int], None] = lambda _: None,
        patience_seconds: float = 5.0,
    ) -> None:
        self._database = database
        self._sign = sign
        self._head_file = head_file
        self._written = written
        self._patience = patience_seconds
        self._head: Head | None = None
        self._head_kept_at = 0.0
        self._waiting: deque[_Waiting] = deque()  # in order of `since`; those that are done leave when looked at
        self._watch: asyncio.TimerHandle | None = None
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="message-log", daemon=True)

    def open(self) -> None:
        """Begin to write. All entries come from one event loop."""
        self._thread.start()

    async def append(self, entry: Entry) -> None:
        """Returns when the entry is on disk. Raises LoggingFailed, also when that takes too long."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(entry, loop.create_future(), loop.time())
        self._waiting.append(waiting)
        self._queue.put(waiting)
        if self._watch is None:
            self._watch = loop.call_later(self._patience / 4, self._give_up)
        await waiting.done

    def _give_up(self) -> None:
        """Fail whoever has waited too long. One timer for all: one for each would cost more than the write."""
        now, self._watch = asyncio.get_running_loop().time(), None
        while self._waiting and (self._waiting[0].done.done() or now - self._waiting[0].since > self._patience):
            given_up = self._waiting.popleft().done
            if not given_up.done():
                given_up.set_exception(LoggingFailed("The message log does not answer."))
        if self._waiting:
            self._watch = asyncio.get_running_loop().call_later(self._patience / 4, self._give_up)

    def alive(self) -> bool:
        """Whether the thread still writes."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Write what waits, keep the head, stop."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        open_ = True
        while open_:
            batch, open_ = self._batch()
            if batch:
                self._write(batch)
        if self._head is not None:
            self._keep(self._head)

    def _batch(self) -> tuple[list[_Waiting], bool]:
        """What waits, and whether more may come."""
        batch: list[_Waiting] = []
        waiting = self._queue.get()
        while waiting is not None:
            batch.append(waiting)
            if len(batch) >= _LARGEST_BATCH or self._queue.empty():
                return batch, True
            waiting = self._queue.get()
        return batch, False

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            self._head = self._commit(batch)
        except Exception:  # whatever goes wrong here: no evidence, no exchange
            self._head = None
            log.error("the message log cannot be written", exc_info=True, extra={"records": len(batch)})
        batch[0].done.get_loop().call_soon_threadsafe(_release, batch, self._head is not None)
        if self._head is not None:
            self._written(len(batch))
            if time.monotonic() - self._head_kept_at > _HEAD_KEPT_EVERY_SECONDS:
                self._keep(self._head)

    def _commit(self, batch: list[_Waiting]) -> Head:
        try:
            return self._chain(batch, self._head)
        except IntegrityError:  # another process wrote to this log: its records come first, ours follow
            return self._chain(batch, None)

    def _chain(self, batch: list[_Waiting], head: Head | None) -> Head:
        with self._database.transaction() as tx:
            store.lock(tx)
            if head is None:
                head = store.head(tx)
            records: list[Record] = []
            for waiting in batch:
                records.append(append(head, waiting.entry))
                head = records[-1].head
            store.add(tx, records, self._sign(head))
        return head

    def _keep(self, head: Head) -> None:
        try:
            beside = self._head_file.with_suffix(".new")
            beside.write_text(json.dumps({"seq": head.seq, "hash": head.hash.hex()}))
            beside.replace(self._head_file)
            self._head_kept_at = time.monotonic()
        except OSError:
            log.warning("the message log's head cannot be kept", exc_info=True)


def kept_head(head_file: Path) -> Head:
    """The head that a writer kept; EMPTY without a file."""
    try:
        told = json.loads(head_file.read_text())
        return Head(int(told["seq"]), bytes.fromhex(told["hash"]))
    except FileNotFoundError:
        return EMPTY


def _release(batch: list[_Waiting], written: bool) -> None:
    for waiting in batch:
        if waiting.done.done():  # whoever waited has given up
            continue
        if written:
            waiting.done.set_result(None)
        else:
            waiting.done.set_exception(LoggingFailed("The message log cannot be written."))
