"""`python -m <block> …`: one verb a command, and what it answers."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import note_block
import package
import pytest
import requests
from patience import eventually
from sqlalchemy import func, select, update

import contracts
from chassis import cli, outbox
from chassis.broker.embedded import EmbeddedLog
from chassis.database import Database
from chassis.migrations import is_current
from chassis.settings import ServiceSettings, setting
from chassis.tables import outbox as rows
from chassis.testing.plugin import NOON

_SERVES = """
import sys
import pytest
import note_block
from chassis import cli
from chassis.settings import ServiceSettings
note_block.promise(pytest.MonkeyPatch())
sys.exit(cli.main(note_block.declared(), ServiceSettings, sys.argv[1:]))
"""


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    port: int = setting("Port", 8199)


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def url(tmp_path: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of a migratable block, named in the environment."""
    package.make(tmp_path, monkeypatch)
    note_block.promise(monkeypatch)
    monkeypatch.setenv("DATABASE_URL", empty_url)
    return empty_url


@pytest.fixture
def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def run(*arguments: str) -> int:
    return cli.main(note_block.declared(), Settings, list(arguments))


def test_migrate_brings_the_database_to_the_newest(url: str) -> None:
    assert run("migrate") == 0

    database = Database(url)
    assert is_current(database, "notes")
    database.close()


def test_check_says_why_a_block_is_not_ready(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = run("check")
    run("migrate")
    after = run("check")

    assert (before, after) == (1, 0)
    answers = [line for line in capsys.readouterr().out.splitlines() if "ready" in line]
    assert answers == ["not ready: migrations", "ready"]


def test_a_missing_setting_is_said_and_nothing_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    assert run("check") == 2
    assert "DATABASE_URL is required" in capsys.readouterr().err


def test_an_unknown_verb_is_refused(url: str) -> None:
    with pytest.raises(SystemExit) as raised:
        run("dance")

    assert raised.value.code == 2


@pytest.mark.parametrize("verb", ["serve", "relay", "consume"])
def test_sigterm_ends_a_process_in_order(url: str, tmp_path: Path, free_port: int, verb: str) -> None:
    run("migrate")
    environment = os.environ | {
        "PORT": str(free_port),
        "EVENTS_URL": f"embedded://{tmp_path}/events",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    process = subprocess.Popen([sys.executable, "-c", _SERVES, verb], env=environment, stdout=subprocess.DEVNULL)
    try:
        eventually(lambda: _answers(free_port, "/ready"), seconds=60)
        assert _answers(free_port, "/live")
        assert _answers(free_port, "/metrics")
        assert _answers(free_port, "/v1/notes", 401 if verb == "serve" else 404)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()


def test_a_process_killed_while_it_drains_leaves_its_events_to_the_next(
    url: str, tmp_path: Path, free_port: int
) -> None:
    run("migrate")
    database, log = Database(url), EmbeddedLog(f"{tmp_path}/events")
    with database.transaction() as tx:
        outbox.put(tx, note_block.told("a"))
    environment = os.environ | {
        "PORT": str(free_port),
        "EVENTS_URL": f"embedded://{tmp_path}/events",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    drains = environment | {"FAILPOINTS": "shutdown.mid_drain:kill"}

    killed = _ended(["serve", "--roles", ""], drains, lambda: _answers(free_port, "/ready"))
    left = log.lag("notes", ["engagement-processes"])
    ended = _ended(["relay"], environment, lambda: log.lag("notes", ["engagement-processes"]) == 1)
    database.close()
    log.close()

    assert (killed, left, ended) == (-signal.SIGKILL, 0, 0)


def _ended(arguments: list[str], environment: dict[str, str], when: Callable[[], bool]) -> int:
    """Status of a process that is told to stop when this holds."""
    process = subprocess.Popen([sys.executable, "-c", _SERVES, *arguments], env=environment, stdout=subprocess.DEVNULL)
    try:
        eventually(when, seconds=60)
        process.send_signal(signal.SIGTERM)
        return process.wait(30)
    finally:
        process.kill()
        process.wait()


def _answers(port: int, path: str, status: int = 200) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}{path}", timeout=2).status_code == status
    except requests.ConnectionError:
        return False


def test_check_waits_for_a_migration_that_still_runs(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    migrating = threading.Timer(0.5, lambda: run("migrate"))
    migrating.start()

    status = run("check", "--wait", "20")
    migrating.join()

    assert (status, capsys.readouterr().out) == (0, "ready\n")


def test_republish_has_the_relay_send_again_what_was_told(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("migrate")
    topic = contracts.topic_of(note_block.TYPE)
    owned = contracts.topics()[topic] | {"owner": "notes"}
    monkeypatch.setattr(contracts, "topics", lambda: {topic: owned})
    database = Database(url)
    with database.transaction() as tx:
        outbox.put(tx, note_block.told("a"), note_block.told("b"))
        tx.execute(update(rows).values(published_at=NOON))

    statuses = [
        run("republish", *more)
        for more in ([], ["--topic", topic, "--since", "2027-01-01T00:00:00Z"], ["--topic", "another"])
    ]

    said = capsys.readouterr()
    with database.reading() as tx:
        waiting = tx.execute(select(func.count()).select_from(rows).where(rows.c.published_at.is_(None))).scalar()
    database.close()
    assert statuses == [0, 0, 2]
    assert said.out == "2 events are sent again\n0 events are sent again\n"
    assert "another: not a topic of" in said.err
    assert waiting == 2
