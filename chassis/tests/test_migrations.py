"""Migrations: a database stands at one of them, whole."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import package
import pytest
from package import Package
from sqlalchemy import inspect

from chassis.database import Database
from chassis.migrations import is_current, migrate
from chassis.tables import PLATFORM

_MIGRATES = """
import sys
from chassis.database import Database
from chassis.migrations import migrate
migrate(Database(sys.argv[1]), "notes")
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    return package.make(tmp_path, monkeypatch)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'fresh.db'}")
    yield database
    database.close()


def columns(database: Database) -> set[str]:
    return {column["name"] for column in inspect(database.engine).get_columns("note")}


def test_a_fresh_database_is_brought_to_the_newest(notes: Package, empty: Database) -> None:
    notes.add()
    assert not is_current(empty, "notes")

    migrate(empty, "notes")

    assert is_current(empty, "notes")
    assert columns(empty) == {"id", "added_2"}
    assert set(PLATFORM.tables) <= set(inspect(empty.engine).get_table_names())


def test_migrating_again_changes_nothing(notes: Package, empty: Database) -> None:
    migrate(empty, "notes")
    migrate(empty, "notes")

    assert is_current(empty, "notes")


def test_a_second_revision_is_applied_to_what_is_there(notes: Package, empty: Database) -> None:
    migrate(empty, "notes")
    notes.add()
    behind = is_current(empty, "notes")

    migrate(empty, "notes")

    assert not behind
    assert columns(empty) == {"id", "added_2"}


def test_a_migration_that_fails_leaves_everything_as_it_was(notes: Package, empty: Database) -> None:
    migrate(empty, "notes")
    notes.add()
    notes.add(broken=True)

    with pytest.raises(RuntimeError, match="half way"):
        migrate(empty, "notes")
    assert columns(empty) == {"id"}

    notes.drop()
    migrate(empty, "notes")
    assert columns(empty) == {"id", "added_2"}


def test_an_older_release_does_not_call_a_newer_database_its_own(notes: Package, empty: Database) -> None:
    notes.add()
    migrate(empty, "notes")
    notes.drop()

    assert not is_current(empty, "notes")


def test_two_processes_migrating_at_once_wait_for_each_other(notes: Package, empty: Database) -> None:
    notes.add()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _MIGRATES, str(empty.url)]

    started = [subprocess.Popen(command, env=environment) for _ in range(3)]

    assert [process.wait(120) for process in started] == [0, 0, 0]
    assert is_current(empty, "notes")


def test_several_blocks_of_one_process_migrate_at_once(
    notes: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = [Database(f"sqlite:///{tmp_path / str(number)}.db") for number in range(6)]

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda database: migrate(database, "notes"), databases))

    assert all(is_current(database, "notes") for database in databases)
    for database in databases:
        database.close()
