"""How each fault is brought about, and ended. All but `kill_*` leave the mesh's own processes alone."""

import contextlib
import os
import random
import signal
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import uuid4

from kafka import KafkaAdminClient

import contracts
from chassis import outbox
from chassis.broker import Broker, Message, connect
from chassis.database import Database
from mesh.layout import BLOCKS
from tests.faults.checker import topics
from tests.faults.world import EMBEDDED, World

_NOTICED_SECONDS = 60.0
_CONSUMERS = ("engagement", "messaging", "scheduler", "workflow")
_READERS = ("messaging", "workflow")  # nobody waits for an answer of theirs
_SESSION_SECONDS = 8  # after this Kafka believes that a silent member is dead
_CLOCKS_AGREE_SECONDS = 10
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_HANDLED = "engagement.proposal-endorsed.v1"
_TOPIC = "engagement-proposals"


def kill_pairs(world: World, seconds: float) -> None:
    """Two at random, every few seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        running = world.mesh.children()
        for process in random.sample(sorted(running), 2):
            with contextlib.suppress(ProcessLookupError):
                os.kill(running[process], signal.SIGKILL)
        time.sleep(random.uniform(3, 7))


def kill_all(world: World, _seconds: float) -> None:
    """Everything but the launcher."""
    for pid in world.mesh.children().values():
        os.kill(pid, signal.SIGKILL)
    world.until(lambda: len(world.mesh.children()) == len(world.processes))


def broker_away(world: World, seconds: float) -> None:
    """Kafka's node is killed; the embedded log is locked by another. People go on speaking."""
    with _kafka_down(world) if world.servers else _log_locked(world):
        began = time.monotonic()
        world.reached("spoken")
        time.sleep(max(seconds - (time.monotonic() - began), 0))


def database_crash(world: World, seconds: float) -> None:
    """PostgreSQL ends without a checkpoint, twice: told to (`immediate`), then by SIGKILL."""
    assert world.servers is not None
    server = world.servers.postgres.server
    for by in (signal.SIGQUIT, signal.SIGKILL):
        server.end(by)
        time.sleep(seconds)
        server.start()
        time.sleep(seconds)


def disk_full(world: World, seconds: float) -> None:
    """A file takes what is left of the state's file system, again and again: whatever is written needs a place. Longer
    than told if nobody wrote meanwhile."""
    ballast, began = world.mesh.layout.state / "ballast", time.monotonic()
    before = world.ledger.unanswered()
    with ballast.open("ab", buffering=0) as file:
        while (lasted := time.monotonic() - began) < seconds or (
            world.ledger.unanswered() == before and lasted < _NOTICED_SECONDS
        ):
            for block_bytes in (1 << 20, 4096):
                with contextlib.suppress(OSError):
                    while file.write(bytes(block_bytes)):
                        pass
            _shorten_logs(world)
    ballast.unlink()
    assert world.ledger.unanswered() > before, "nobody noticed that the disk was full; the run proves nothing"


def duplicates(world: World, _seconds: float) -> None:
    """A copy of every record, shuffled."""
    copies = [each for each in topics.read(world.mesh.layout.events) if not each.topic.endswith("-dlq")]
    random.shuffle(copies)
    with _broker(world) as broker:
        broker.publish([Message(each.topic, each.key, each.value, each.headers) for each in copies])


def poison(world: World, _seconds: float) -> None:
    """No JSON; JSON against its schema; and a type from the future, which nobody needs and nobody buries."""
    wrong = ((_HANDLED, b"{", True), (_HANDLED, b'{"no":"schema"}', True), ("engagement.moon-landed.v9", b"{}", False))
    with _broker(world) as broker:
        for kind, value, is_poison in wrong:
            event = str(uuid4())
            headers = {"ce_specversion": "1.0", "ce_id": event, "ce_type": kind, "ce_source": "/engagement"}
            headers |= {"ce_subject": event, "ce_time": "2026-01-01T00:00:00.000Z", "content-type": "application/json"}
            world.ledger.planted(_TOPIC, event, poison=is_poison)
            broker.publish([Message(_TOPIC, event, value, headers)])


def groups_reset(world: World, _seconds: float) -> None:
    """The broker forgets how far each group had read."""
    if world.shape == EMBEDDED:
        with _events(world) as connection:
            connection.execute("UPDATE cursor SET next = 0")
        return
    for process in _CONSUMERS:
        world.kill(process, signal.SIGSTOP)
    time.sleep(_SESSION_SECONDS)
    with contextlib.closing(KafkaAdminClient(bootstrap_servers=_bootstrap(world))) as admin:
        admin.delete_groups(list(_CONSUMERS))
    for process in _CONSUMERS:
        world.kill(process, signal.SIGCONT)


def consumer_frozen(world: World, seconds: float) -> None:
    """Longer than the broker believes in a silent member."""
    for process in _READERS:
        world.kill(process, signal.SIGSTOP)
    time.sleep(max(seconds, _SESSION_SECONDS))
    for process in _READERS:
        world.kill(process, signal.SIGCONT)


def broker_loses_all(world: World, _seconds: float) -> None:
    """All records but the dead letters go, some before they were read; the producers are told to send theirs again."""
    for process in _READERS:
        world.kill(process, signal.SIGSTOP)
    world.reached("spoken")
    if world.shape == EMBEDDED:
        with _events(world) as connection:
            connection.execute("DELETE FROM event WHERE topic NOT LIKE '%-dlq'")
    else:
        with contextlib.closing(KafkaAdminClient(bootstrap_servers=_bootstrap(world))) as admin:
            admin.delete_topics([name for name in admin.list_topics() if name in contracts.topics()])
    for process in _READERS:
        world.kill(process, signal.SIGCONT)
    for block in BLOCKS:
        _republish(world.mesh.layout.database(block))


def clock_jumps(world: World, seconds: float) -> None:
    """Its process starts again with each clock."""
    [library] = Path("/usr/lib").glob("*/faketime/libfaketime.so.1")  # Debian's package libfaketime
    for ahead in (3600, -3600, 0):
        world.ledger.clock("scheduler", ahead)
        shifted = {"LD_PRELOAD": str(library), "FAKETIME": f"{ahead:+d}s", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        world.set("scheduler", **(shifted if ahead else dict.fromkeys(shifted, "")))
        world.restart("scheduler")
        assert abs(_clock_of(world, "scheduler") - time.time() - ahead) < _CLOCKS_AGREE_SECONDS, (
            "its clock did not move"
        )
        time.sleep(seconds if ahead else 0)


def mail_away(world: World, seconds: float) -> None:
    """451 to every mail."""
    world.mails.away = True
    world.reached("decided")
    time.sleep(seconds)
    world.mails.away = False


def _shorten_logs(world: World) -> None:
    """Databases write over the pages of their write-ahead logs as long as they have some."""
    for file in world.mesh.layout.state.glob("*.db"):
        with (
            contextlib.suppress(sqlite3.OperationalError),
            contextlib.closing(sqlite3.connect(file, timeout=0)) as connection,
        ):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _kafka_down(world: World) -> Iterator[None]:
    assert world.servers is not None
    [node] = world.servers.kafka.nodes
    node.kill()
    yield
    node.start()


@contextmanager
def _log_locked(world: World) -> Iterator[None]:
    with _events(world) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def _events(world: World) -> Iterator[sqlite3.Connection]:
    file = world.mesh.layout.state / "events" / "events.db"
    with contextlib.closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as connection:
        yield connection


@contextmanager
def _broker(world: World) -> Iterator[Broker]:
    with contextlib.closing(connect(world.mesh.layout.events)) as broker:
        yield broker


def _republish(database_url: str) -> None:
    database = Database(database_url)
    with contextlib.closing(database), database.transaction() as tx:
        outbox.republish(tx, list(contracts.topics()), _EVER)


def _bootstrap(world: World) -> list[str]:
    return world.mesh.layout.events.removeprefix("kafka://").split(",")


def _clock_of(world: World, process: str) -> float:
    """What the process says that time it is, in seconds since 1970."""
    with urllib.request.urlopen(f"{world.mesh.layout.urls()[process]}/live", timeout=5) as answer:  # noqa: S310 - our own loopback address
        return parsedate_to_datetime(answer.headers["Date"]).timestamp()
