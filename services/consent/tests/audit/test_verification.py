"""Whatever is altered in the database is found and named."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chassis.app import App
from chassis.testing.client import Client
from consent.settings import Settings
from consent.tables import METADATA

Make = Callable[..., dict[str, Any]]
AGREEMENT = "/service/individual/record/data-agreement/participation/"
RECORDS = "/service/individual/record/consent-record/"
TABLES = ["revision", "journal", "journal_head", "policy", "agreement", "consent_record"]
WHOLE = {"unbroken": True, "revisions": 7, "rows": 7}


@pytest.fixture
def raw(app: App, settings: Settings) -> Iterator[sqlite3.Connection]:
    """The database as somebody sees it who has the file; foreign keys are not enforced."""
    connection = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture
def findings(
    make_agreement: Make, joining: Callable[[str], Client], person: Callable[[str], Client], administrator: Client
) -> Callable[[], dict[str, Any]]:
    """What the check finds in a field where two people consented, one withdrew, and a policy was revised."""
    policy = make_agreement()["dataAgreement"]["policy"]
    administrator.put("/config/policy/privacy-2026/", {"policy": policy | {"version": "2"}})
    record_id = joining("ada").post(AGREEMENT).body["consentRecord"]["id"]
    joining("bea").post(AGREEMENT)
    person("ada").put(f"{RECORDS}{record_id}/", {"consentRecord": {"optIn": False}})
    administrator.delete("/config/data-agreement/participation/")

    def find() -> dict[str, Any]:
        body: dict[str, Any] = administrator.get("/audit/verification/").body
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
            is_rowid = column in ("number", "id") and table.startswith("journal") and before == row
            raw.execute(change, (before, _flipped(before) if is_rowid else row))

    assert unnoticed == [("id", 1)] * (table == "journal_head")  # the name of the only row; nothing is said by it
    assert findings() == WHOLE


@pytest.mark.parametrize("table", TABLES)
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


def test_the_first_broken_revision_is_named(raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]) -> None:
    words = "replace(snapshot, 'Taking part', 'Taking all')"
    raw.execute(_sql("UPDATE revision SET snapshot = {0} WHERE schema_name = 'DataAgreement'", words))

    found = findings()["broken"]

    assert found == {"where": "DataAgreement participation 1", "reason": "the snapshot does not have this hash"}


def test_two_revisions_that_changed_places_are_found(
    raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]
) -> None:
    its = "schema_name = 'Policy' AND object_id = 'privacy-2026'"

    for before, after in ((1, 9), (2, 1), (9, 2)):
        raw.execute(_sql("UPDATE revision SET number = ? WHERE number = ? AND {0}", its), (after, before))

    assert findings()["broken"]["where"] == "Policy privacy-2026 1"


def test_two_rows_of_the_journal_that_changed_places_are_found(
    raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]
) -> None:
    for before, after in ((2, 9), (3, 2), (9, 3)):
        raw.execute("UPDATE journal SET number = ? WHERE number = ?", (after, before))

    assert findings()["broken"]["where"] == "journal 2"


def test_a_journal_cut_short_with_everything_that_it_names_is_found(
    raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]
) -> None:
    last = raw.execute("SELECT number, revision_id, previous FROM journal ORDER BY number DESC").fetchone()

    raw.execute("DELETE FROM journal WHERE number = ?", (last[0],))
    raw.execute("DELETE FROM revision WHERE id = ?", (last[1],))
    raw.execute("UPDATE agreement SET number = 1, active = 1")
    raw.execute("UPDATE journal_head SET number = number - 1, hash = ?", (last[2],))

    assert findings()["broken"] == {"where": "journal 6", "reason": "the head was altered"}


def test_revisions_that_a_stranger_signed_are_found(
    raw: sqlite3.Connection, findings: Callable[[], dict[str, Any]]
) -> None:
    first, second = raw.execute("SELECT id, signature FROM revision WHERE schema_name = 'ConsentRecord'").fetchmany(2)

    raw.execute("UPDATE revision SET signature = ? WHERE id = ?", (second[1], first[0]))

    assert findings()["broken"]["reason"] == "the signature is not ours"


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
    if isinstance(value, int):
        return value + 1000 if value > 1 else 1 - value
    if value == "[]":
        return '["x"]'
    if value.endswith(('"]', "Z")):
        return value[:-3] + chr(ord(value[-3]) ^ 1) + value[-2:]
    return value[:-1] + chr(ord(value[-1]) ^ 1)
