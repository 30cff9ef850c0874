"""Who has read what."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.testing.client import Client, assert_problem

Enter = Callable[..., str]
Speak = Callable[[str], Client]
USAGE = "/data/mypersonalDataUsage"
READ = "/data/participants/1/read"


@pytest.fixture(autouse=True)
def _participants(make_registry: Callable[..., Any]) -> None:
    make_registry()


def test_a_person_sees_who_read_her_data_and_why(enter: Enter, messaging: Client, person: Speak) -> None:
    entry_id = enter("ada")
    enter("bea")
    messaging("POST", READ, {"query": {"content": {"id": entry_id}}}, {"Baraza-Purpose": "letter; consent=0197"})

    usage = person("ada").get(USAGE).body

    assert usage == [
        {
            "id": "3",
            "readerId": "BARAZA/GOV/1001/messaging",
            "readerInstitutionId": "BARAZA/GOV/1001",
            "readerApplicationName": "messaging",
            "searchDateTime": "2026-06-01T12:00:00.000Z",
            "refrences": [{"ReferenceId": entry_id}],
            "action": "read",
            "fields": ["displayName", "email"],
            "purpose": "letter",
            "consentReference": "0197",
        }
    ]
    assert person("bea").get(USAGE).body == []


def test_a_list_stands_in_the_usage_of_each_whom_it_showed(enter: Enter, administrator: Client, person: Speak) -> None:
    first, second = enter("ada"), enter("bea")
    administrator("GET", "/data/participants/1?pageSize=1", None, {"Baraza-Purpose": "check"})
    administrator("GET", "/data/participants/1", None, {"Baraza-Purpose": "audit"})

    ada, bea = person("ada").get(USAGE).body, person("bea").get(USAGE).body

    assert [(each["purpose"], each["refrences"]) for each in ada] == [("audit", [{"ReferenceId": first}])]
    assert [each["purpose"] for each in bea] == ["audit", "check"]
    assert bea[0]["refrences"] == [{"ReferenceId": second}]


def test_the_log_keeps_which_entries_a_list_showed(enter: Enter, administrator: Client) -> None:
    ids = [enter("ada"), enter("bea")]
    administrator("GET", "/data/participants/1", None, {"Baraza-Purpose": "audit"})

    row = administrator.get("/v1/access-log").body["items"][0]

    assert (row["action"], row["count"], sorted(row["entries"])) == ("listed", 2, sorted(ids))
    assert row["subject"] == "administrator"


def test_an_entry_that_was_found_counts_as_read(enter: Enter, administrator: Client, person: Speak) -> None:
    enter("ada")
    body = {"query": {"content": {"email": "ada@example.org"}}}

    administrator("POST", "/data/participants/1/exists", body, {"Baraza-Purpose": "check"})

    (usage,) = person("ada").get(USAGE).body
    assert (usage["action"], usage["fields"]) == ("found", ["email"])


def test_reading_the_log_is_logged(enter: Enter, administrator: Client, person: Speak) -> None:
    enter("ada")
    person("ada").get(USAGE)
    administrator.get("/v1/access-log")

    rows = administrator.get("/v1/access-log").body["items"]

    assert [(row["action"], row.get("subject")) for row in rows] == [
        ("log read", "administrator"),
        ("log read", "ada"),
        ("created", "ada"),
    ]


@pytest.mark.parametrize(("user", "status"), [("ada", 200), ("bea", 400)])
def test_only_ones_own_usage_is_shown(user: str, status: int, enter: Enter, person: Speak) -> None:
    enter("bea")

    answer = person("ada").get(f"{USAGE}?userId={user}")

    assert answer.status == status
    if status == 400:
        assert_problem(answer, 400, "not-your-id")


def test_usage_is_asked_by_registry(enter: Enter, person: Speak) -> None:
    entry_id = enter("ada")
    person("ada").post(READ, {"query": {"content": {"id": entry_id}}})

    assert len(person("ada").get(f"{USAGE}?databaseId=participants").body) == 1
    assert person("ada").get(f"{USAGE}?databaseId=others").body == []


def test_the_log_is_read_page_by_page(enter: Enter, administrator: Client) -> None:
    for subject in ("ada", "bea", "eve"):
        enter(subject)

    first = administrator.get("/v1/access-log?limit=2").body
    second = administrator.get(f"/v1/access-log?limit=2&cursor={first['next']}").body

    assert [row["number"] for row in first["items"] + second["items"]] == [3, 2, 1]
    assert second["next"] is None


def test_a_cursor_of_another_list_is_refused(administrator: Client) -> None:
    assert_problem(administrator.get("/v1/access-log?cursor=WyJ4Il0"), 400, "bad-cursor")


def test_a_read_whose_row_cannot_be_written_gives_no_answer(enter: Enter, person: Speak, database: Any) -> None:
    entry_id = enter("ada")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE access_log RENAME TO elsewhere")

    answer = person("ada").post(READ, {"query": {"content": {"id": entry_id}}})

    assert answer.status == 500
    assert "ada@example.org" not in str(answer.body)
