"""Whatever is altered in the database is found and named."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chassis.app import App
from chassis.testing.client import Client
from registry.settings import Settings
from registry.tables import METADATA

TABLES = ["access_log", "access_log_entry", "log_head", "entry_version"]
WHOLE = {"unbroken": True, "rows": 7}
WHY = {"Baraza-Purpose": "check; consent=0197"}


@pytest.fixture
def raw(app: App, settings: Settings) -> Iterator[sqlite3.Connection]:
    """The database as somebody sees it who has the file; foreign keys are not enforced."""
    connection = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture
def findings(
    make_registry: Callable[..., Any],
    enter: Callable[..., str],
    person: Callable[[str], Client],
    administrator: Client,
) -> Callable[[], dict[str, Any]]:
    """What the check finds where entries were made, read, listed, amended and deleted."""
    make_registry()
    first, second = enter("ada"), enter("bea")
    query = {"query": {"content": {"id": first}}}
    person("ada").post("/data/participants/1/read", query)
    person("ada").put("/data/participants/1/update", query | {"write": {"content": {"language": "ca"}}})
    administrator("GET", "/data/participants/1", None, WHY)
    person("bea").delete(f"/data/participants/1/{second}/delete")
    enter("eve")

    def find() -> dict[str, Any]:
        body: dict[str, Any] = administrator.get("/v1/access-log/verification").body
        return body

    return find


def test_what_nobody_touched_is_whole(findings: Callable[[], dict[str, Any]]) -> None:
    assert findings() == WHOLE


@pytest.mark.parametrize("table", TABLES)
def test_a_byte_flipped_in_any_column_is_found(
    table: str, raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]
) -> None:
    unnoticed = []

    for column in (each.name for each in METADATA.tables[table].columns):
        for row in _ends(raw, table):
            before = raw.execute(_sql('SELECT "{1}" FROM {0} WHERE rowid = ?', table, column), (row,)).fetchone()[0]
            change = _sql('UPDATE {0} SET "{1}" = ? WHERE rowid = ?', table, column)
            raw.execute(change, (_flipped(before), row))
            if findings()["unbroken"]:
                unnoticed.append((column, row))
            is_rowid = before == row and (table, column) in (("access_log", "number"), ("log_head", "id"))
            raw.execute(change, (before, _flipped(before) if is_rowid else row))

    assert unnoticed == [("id", 1)] * (table == "log_head")  # the name of the only row; nothing is said by it
    assert findings() == WHOLE


@pytest.mark.parametrize("column", ["id", "version", "owner", "deleted"])
def test_an_entry_that_says_something_else_is_found(
    column: str, raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]
) -> None:
    for row in _ends(raw, "entry"):
        before = raw.execute(_sql("SELECT {0} FROM entry WHERE rowid = ?", column), (row,)).fetchone()[0]
        change = _sql("UPDATE entry SET {0} = ? WHERE rowid = ?", column)

        raw.execute(change, (_flipped(before), row))

        assert findings()["unbroken"] is False
        raw.execute(change, (before, row))


@pytest.mark.parametrize("table", [*TABLES, "entry"])
def test_a_row_that_is_gone_is_found(
    table: str, raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]
) -> None:
    unnoticed = []

    for row in _ends(raw, table):
        raw.execute(_sql("CREATE TEMP TABLE aside AS SELECT * FROM {0} WHERE rowid = ?", table), (row,))
        raw.execute(_sql("DELETE FROM {0} WHERE rowid = ?", table), (row,))
        if findings()["unbroken"]:
            unnoticed.append(row)
        raw.execute(_sql("INSERT INTO {0} SELECT * FROM aside", table))
        raw.execute("DROP TABLE aside")

    assert unnoticed == []
    assert findings() == WHOLE


def test_the_row_that_was_altered_is_named(raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]) -> None:
    raw.execute("UPDATE access_log SET subject = 'nobody' WHERE number = 3")

    assert findings() == {"unbroken": False, "rows": 2, "broken": {"where": "row 3", "reason": "was altered"}}


def test_two_rows_that_changed_places_are_found(
    raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]
) -> None:
    for before, after in ((2, 9), (3, 2), (9, 3)):
        raw.execute("UPDATE access_log SET number = ? WHERE number = ?", (after, before))

    assert findings()["broken"]["where"] == "row 2"


def test_a_log_cut_short_is_found(raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]) -> None:
    (previous,) = raw.execute("SELECT previous FROM access_log WHERE number = 7").fetchone()

    raw.execute("DELETE FROM access_log WHERE number = 7")
    raw.execute("DELETE FROM access_log_entry WHERE number = 7")
    raw.execute("UPDATE log_head SET number = 6, hash = ?", (previous,))

    assert findings()["broken"] == {"where": "row 6", "reason": "the head was altered"}


def test_an_older_version_put_back_is_found(raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]) -> None:
    raw.execute("UPDATE entry SET version = 1 WHERE owner = 'ada'")

    assert findings()["broken"]["reason"] == "does not stand at its latest version"


def _sql(statement: str, *names: str) -> str:
    """With names of our own tables and columns in it."""
    return statement.format(*names)


def _ends(raw: sqlite3.Connection, table: str) -> list[int]:
    """The first and the last row."""
    return sorted(set(raw.execute(_sql("SELECT min(rowid), max(rowid) FROM {0}", table)).fetchone()))


def _flipped(value: Any) -> Any:
    """One step beside."""
    if value is None:
        return "x"
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    if isinstance(value, int):
        return value + 1000 if value > 1 else 1 - value
    if value == "[]":
        return '["x"]'
    if value.endswith(('"]', '"}', "Z")):
        return value[:-3] + chr(ord(value[-3]) ^ 1) + value[-2:]
    return value[:-1] + chr(ord(value[-1]) ^ 1)
