"""`python -m <block> …`: one verb a command, and what it answers."""

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import note_block
import package
import pytest
import requests
from patience import eventually

from chassis import cli
from chassis.database import Database
from chassis.migrations import is_current
from chassis.settings import ServiceSettings, setting

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
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of a migratable block, named in the environment."""
    package.make(tmp_path, monkeypatch)
    note_block.promise(monkeypatch)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'cli.db'}")
    return os.environ["DATABASE_URL"]


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
        eventually(lambda: _started(verb, free_port, tmp_path), seconds=60)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()


def _started(verb: str, port: int, folder: Path) -> bool:
    if verb == "serve":
        try:
            return requests.get(f"http://127.0.0.1:{port}/ready", timeout=2).status_code == 200
        except requests.ConnectionError:
            return False
    return (folder / {"relay": "cli.db.relay.lock", "consume": "events/notes.lock"}[verb]).exists()
