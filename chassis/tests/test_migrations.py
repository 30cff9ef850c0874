"""Migrations: a database stands at one of them, whole."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import package
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from package import Package
from sqlalchemy import inspect

from chassis.database import Database
from chassis.migrations import COMPARED, is_current, migrate
from chassis.tables import PLATFORM
from chassis.testing import servers

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
def empty(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url)
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


def test_an_older_release_serves_on_a_newer_database_and_leaves_it_so(notes: Package, empty: Database) -> None:
    notes.add()
    migrate(empty, "notes")
    notes.drop()

    migrate(empty, "notes")

    assert is_current(empty, "notes")
    assert columns(empty) == {"id", "added_2"}


def test_a_release_that_a_migration_leaves_behind_refuses(notes: Package, empty: Database) -> None:
    notes.add()
    notes.add()
    notes.add(oldest=3)
    notes.add()
    migrate(empty, "notes")

    served = []
    for _ in range(4):
        served.append(is_current(empty, "notes"))
        notes.drop()

    assert served == [True, True, True, False]  # the releases 0005, 0004, 0003, 0002


def test_what_a_migration_leaves_behind_is_no_table_of_the_block(notes: Package, empty: Database) -> None:
    notes.add(oldest=1)
    migrate(empty, "notes")
    wanted = sa.MetaData()
    wanted.reflect(empty.engine, only=lambda name, _: name != "oldest_release")

    with empty.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=COMPARED), wanted) == []
        assert compare_metadata(MigrationContext.configure(connection), wanted) != []


def test_two_processes_migrating_at_once_wait_for_each_other(notes: Package, empty: Database) -> None:
    notes.add()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _MIGRATES, empty.url.render_as_string(hide_password=False)]

    started = [subprocess.Popen(command, env=environment) for _ in range(3)]

    assert [process.wait(120) for process in started] == [0, 0, 0]
    assert is_current(empty, "notes")


@pytest.mark.usefixtures("empty_url")
def test_several_blocks_of_one_process_migrate_at_once(
    notes: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as stack:
        empty = [servers.database(tmp_path / str(number), "no-tables", servers.no_tables) for number in range(6)]
        databases = [Database(stack.enter_context(each)) for each in empty]

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda database: migrate(database, "notes"), databases))

        assert all(is_current(database, "notes") for database in databases)
        for database in databases:
            database.close()
