"""Whatever is altered in the database is found and named."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chassis.database import Database
from chassis.testing.client import Client
from chassis.testing.tampering import Intruder, altered, intruder
from registry.tables import METADATA

TABLES = ["access_log", "access_log_entry", "log_head", "entry_version"]
WHOLE = {"unbroken": True, "rows": 7}
WHY = {"Baraza-Purpose": "check; consent=0197"}


@pytest.fixture
def raw(database: Database) -> Iterator[Intruder]:
    """Somebody past the block."""
    with intruder(database) as somebody:
        yield somebody


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
    table: str, raw: Intruder, findings: Callable[[], dict[str, Any]]
) -> None:
    unnoticed = []

    for column in METADATA.tables[table].columns:
        for row in raw.ends(column.table):
            before = raw.value(column, row)
            moved = raw.write(column, row, altered(column, before))
            if findings()["unbroken"]:
                unnoticed.append((column.name, before))
            raw.write(column, moved, before)

    assert unnoticed == [("id", 1)] * (table == "log_head")  # the name of the only row; nothing is said by it
    assert findings() == WHOLE


@pytest.mark.parametrize("column", ["id", "version", "owner", "deleted"])
def test_an_entry_that_says_something_else_is_found(
    column: str, raw: Intruder, findings: Callable[[], dict[str, Any]]
) -> None:
    changed = METADATA.tables["entry"].columns[column]

    for row in raw.ends(changed.table):
        before = raw.value(changed, row)
        moved = raw.write(changed, row, altered(changed, before))

        assert findings()["unbroken"] is False
        raw.write(changed, moved, before)


@pytest.mark.parametrize("table", [*TABLES, "entry"])
def test_a_row_that_is_gone_is_found(table: str, raw: Intruder, findings: Callable[[], dict[str, Any]]) -> None:
    for row in raw.ends(METADATA.tables[table]):
        with raw.without(METADATA.tables[table], row):
            assert findings()["unbroken"] is False

    assert findings() == WHOLE


def test_the_row_that_was_altered_is_named(raw: Intruder, findings: Callable[[], dict[str, Any]]) -> None:
    raw.run("UPDATE access_log SET subject = 'nobody' WHERE number = 3")

    assert findings() == {"unbroken": False, "rows": 2, "broken": {"where": "row 3", "reason": "was altered"}}


def test_two_rows_that_changed_places_are_found(raw: Intruder, findings: Callable[[], dict[str, Any]]) -> None:
    for before, after in ((2, 9), (3, 2), (9, 3)):
        raw.run("UPDATE access_log SET number = :after WHERE number = :before", after=after, before=before)

    assert findings()["broken"]["where"] == "row 2"


def test_a_log_cut_short_is_found(raw: Intruder, findings: Callable[[], dict[str, Any]]) -> None:
    [(previous,)] = raw.run("SELECT previous FROM access_log WHERE number = 7")

    raw.run("DELETE FROM access_log WHERE number = 7")
    raw.run("DELETE FROM access_log_entry WHERE number = 7")
    raw.run("UPDATE log_head SET number = 6, hash = :hash", hash=previous)

    assert findings()["broken"] == {"where": "row 6", "reason": "the head was altered"}


def test_an_older_version_put_back_is_found(raw: Intruder, findings: Callable[[], dict[str, Any]]) -> None:
    raw.run("UPDATE entry SET version = 1 WHERE owner = 'ada'")

    assert findings()["broken"]["reason"] == "does not stand at its latest version"
