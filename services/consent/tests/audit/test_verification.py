"""Whatever is altered in the database is found and named."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chassis.database import Database
from chassis.testing.client import Client
from chassis.testing.tampering import Intruder, altered, intruder
from consent.tables import METADATA

Make = Callable[..., dict[str, Any]]
AGREEMENT = "/service/individual/record/data-agreement/participation/"
RECORDS = "/service/individual/record/consent-record/"
TABLES = ["revision", "journal", "journal_head", "policy", "agreement", "consent_record"]
WHOLE = {"unbroken": True, "revisions": 7, "rows": 7}


@pytest.fixture
def raw(database: Database) -> Iterator[Intruder]:
    """Somebody past the block."""
    with intruder(database) as somebody:
        yield somebody


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

    assert unnoticed == [("id", 1)] * (table == "journal_head")  # the name of the only row; nothing is said by it
    assert findings() == WHOLE


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found(table: str, raw: Intruder, findings: Callable[[], dict[str, Any]]) -> None:
    for row in raw.ends(METADATA.tables[table]):
        with raw.without(METADATA.tables[table], row):
            assert findings()["unbroken"] is False

    assert findings() == WHOLE


def test_the_first_broken_revision_is_named(raw: Intruder, findings: Callable[[], dict[str, Any]]) -> None:
    raw.run(
        "UPDATE revision SET snapshot = replace(snapshot, 'Taking part', 'Taking all') "
        "WHERE schema_name = 'DataAgreement'"
    )

    found = findings()["broken"]

    assert found == {"where": "DataAgreement participation 1", "reason": "the snapshot does not have this hash"}


def test_two_revisions_that_changed_places_are_found(raw: Intruder, findings: Callable[[], dict[str, Any]]) -> None:
    for before, after in ((1, 9), (2, 1), (9, 2)):
        raw.run(
            "UPDATE revision SET number = :after "
            "WHERE number = :before AND schema_name = 'Policy' AND object_id = 'privacy-2026'",
            after=after,
            before=before,
        )

    assert findings()["broken"]["where"] == "Policy privacy-2026 1"


def test_two_rows_of_the_journal_that_changed_places_are_found(
    raw: Intruder, findings: Callable[[], dict[str, Any]]
) -> None:
    for before, after in ((2, 9), (3, 2), (9, 3)):
        raw.run("UPDATE journal SET number = :after WHERE number = :before", after=after, before=before)

    assert findings()["broken"]["where"] == "journal 2"


def test_a_journal_cut_short_with_everything_that_it_names_is_found(
    raw: Intruder, findings: Callable[[], dict[str, Any]]
) -> None:
    last, *_ = raw.run("SELECT number, revision_id, previous FROM journal ORDER BY number DESC")

    raw.run("DELETE FROM journal WHERE number = :number", number=last.number)
    raw.run("DELETE FROM revision WHERE id = :id", id=last.revision_id)
    raw.run("UPDATE agreement SET number = 1, active = true")
    raw.run("UPDATE journal_head SET number = number - 1, hash = :hash", hash=last.previous)

    assert findings()["broken"] == {"where": "journal 6", "reason": "the head was altered"}


def test_revisions_that_a_stranger_signed_are_found(raw: Intruder, findings: Callable[[], dict[str, Any]]) -> None:
    first, second, *_ = raw.run("SELECT id, signature FROM revision WHERE schema_name = 'ConsentRecord'")

    raw.run("UPDATE revision SET signature = :other WHERE id = :id", other=second.signature, id=first.id)

    assert findings()["broken"]["reason"] == "the signature is not ours"
