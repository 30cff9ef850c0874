"""Entries at the door."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.testing.client import Client, assert_problem

Make = Callable[..., dict[str, Any]]
Speak = Callable[..., Client]
Enter = Callable[..., str]
CREATE, READ = "/data/participants/1/create", "/data/participants/1/read"
UPDATE, EXISTS = "/data/participants/1/update", "/data/participants/1/exists"
WHY = {"Baraza-Purpose": "phase-opened; consent=0197"}


@pytest.fixture(autouse=True)
def _participants(make_registry: Make) -> None:
    make_registry()


def by_id(entry_id: str, **written: Any) -> dict[str, Any]:
    """A query for the entry and, if something is written, the change."""
    query = {"query": {"content": {"id": entry_id}}}
    return query | ({"write": {"content": written}} if written else {})


def test_an_entry_is_made_for_the_person_for_whom_the_application_acts(joining: Speak, person: Speak) -> None:
    content = {"displayName": "Ada", "email": "ada@example.org"}

    made = joining("ada").post(CREATE, {"write": {"content": content}})

    assert made.body["content"] == content | {"id": made.body["content"]["id"]}
    assert made.headers["etag"] == '"1"'
    assert person("ada").post(READ, by_id(made.body["content"]["id"])).body == made.body


def test_who_asks_again_gets_the_entry_that_exists_and_nothing_of_what_it_says(
    enter: Enter, joining: Speak, administrator: Client
) -> None:
    first = enter("ada")
    enter("bea")

    again = joining("ada").post(CREATE, {"write": {"content": {"displayName": "Other", "email": "other@example.org"}}})

    assert again.body == {"content": {"id": first}}
    assert administrator("GET", "/data/participants/1", None, WHY).body["count"] == 2


def test_a_key_brings_back_its_entry_and_refuses_other_content(make_registry: Make, joining: Speak) -> None:
    make_registry(name="notes", oneEntryPerPerson=False)
    path, body = "/data/notes/1/create", {"write": {"content": {"displayName": "Ada"}}}

    first = joining("ada").post(path, body, Idempotency_Key="a-key-of-ada")
    again = joining("ada").post(path, body, Idempotency_Key="a-key-of-ada")
    other = joining("ada").post(path, {"write": {"content": {"displayName": "B"}}}, Idempotency_Key="a-key-of-ada")
    foreign = joining("bea").post(path, body, Idempotency_Key="a-key-of-ada")

    assert again.body == {"content": {"id": first.body["content"]["id"]}}
    assert_problem(other, 409, "idempotency-key-reused")
    assert foreign.body["content"]["id"] != first.body["content"]["id"]


def test_an_application_by_itself_has_nobody_to_enter(client: Any) -> None:
    alone = client(application="BARAZA/GOV/1001/engagement", scopes=["registry.enter"])

    answer = alone.post(CREATE, {"write": {"content": {"displayName": "Ada"}}})

    assert_problem(answer, 400, "no-person")


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        ({"displayName": "Ada", "phone": "112"}, "/write/content/phone"),
        ({"email": "ada@example.org"}, "/write/content/displayName"),
        ({"displayName": "Ada", "email": "ada"}, "/write/content/email"),
        ({"displayName": "Ada", "id": "0197"}, "/write/content/id"),
    ],
)
def test_content_that_breaks_the_schema_is_refused_with_a_pointer(
    content: dict[str, str], pointer: str, joining: Speak
) -> None:
    answer = joining("ada").post(CREATE, {"write": {"content": content}})

    assert_problem(answer, 400, "content-invalid")
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]


def test_messaging_reads_one_entry_by_id_and_says_why(enter: Enter, messaging: Client) -> None:
    entry_id = enter("ada")
    enter("noise")

    answer = messaging("POST", READ, by_id(entry_id), WHY)
    silent = messaging("POST", READ, by_id(entry_id))

    assert answer.body["content"]["email"] == "ada@example.org"
    assert_problem(silent, 400, "purpose-missing")


def test_messaging_cannot_look_people_up(enter: Enter, messaging: Client) -> None:
    entry_id = enter("ada")

    by_value = messaging("POST", READ, {"query": {"content": {"email": "ada@example.org"}}}, WHY)
    by_both = messaging("POST", READ, {"query": {"content": {"id": entry_id, "language": "en"}}}, WHY)
    listed = messaging("GET", "/data/participants/1", None, WHY)

    assert_problem(by_value, 400, "not-searchable")
    assert_problem(by_both, 400, "not-searchable")
    assert_problem(listed, 403, "missing-scope")


def test_nobody_reads_or_changes_the_entry_of_another(enter: Enter, person: Speak) -> None:
    entry_id = enter("ada")
    enter("bea")

    answers = [
        person("bea").post(READ, by_id(entry_id)),
        person("bea").post(READ, {"query": {"content": {"email": "ada@example.org"}}}),
        person("bea").put(UPDATE, by_id(entry_id, language="ca")),
        person("bea").delete(f"/data/participants/1/{entry_id}/delete"),
    ]
    exists = person("bea").post(EXISTS, {"query": {"content": {"email": "ada@example.org"}}})

    for answer in answers:
        assert_problem(answer, 404, "not-found")
    assert exists.body["answer"]["status"] is False


@pytest.mark.parametrize("query", [{"id": "00000000-0000-7000-8000-000000000000"}, {"id": "1"}, {"language": "eo"}])
def test_what_is_not_there_is_not_found(query: dict[str, str], enter: Enter, person: Speak) -> None:
    enter("ada")

    assert_problem(person("ada").post(READ, {"query": {"content": query}}), 404, "not-found")


def test_an_entry_is_found_by_whole_values_without_regard_to_case(enter: Enter, person: Speak) -> None:
    entry_id = enter("ada")
    enter("noise")

    found = person("ada").post(READ, {"query": {"content": {"email": "ADA@example.org", "language": "en"}}})
    nearly = person("ada").post(EXISTS, {"query": {"content": {"email": "ada@example"}}})

    assert found.body["content"]["id"] == entry_id
    assert nearly.body["answer"]["status"] is False


def test_an_amended_entry_keeps_what_is_left_out_and_loses_what_is_null(enter: Enter, person: Speak) -> None:
    entry_id = enter("ada")

    amended = person("ada").put(UPDATE, by_id(entry_id, email=None, language="ca"))

    assert (amended.status, amended.headers["etag"]) == (200, '"2"')
    read = person("ada").post(READ, by_id(entry_id)).body["content"]
    assert read == {"id": entry_id, "displayName": "Ada", "language": "ca"}
    assert (
        person("ada").post(EXISTS, {"query": {"content": {"email": "ada@example.org"}}}).body["answer"]["status"]
        is False
    )


def test_an_amendment_that_changes_nothing_leaves_no_trace(enter: Enter, person: Speak, administrator: Client) -> None:
    entry_id = enter("ada")

    answer = person("ada").put(UPDATE, by_id(entry_id, language="en"))

    assert answer.headers["etag"] == '"1"'
    assert [row["action"] for row in administrator.get("/v1/access-log").body["items"]] == ["created"]


def test_an_amendment_of_what_was_amended_meanwhile_is_stale(enter: Enter, person: Speak) -> None:
    entry_id = enter("ada")
    person("ada").put(UPDATE, by_id(entry_id, language="ca"))

    stale = person("ada")("PUT", UPDATE, by_id(entry_id, language="ar"), {"If-Match": '"1"'})
    fresh = person("ada")("PUT", UPDATE, by_id(entry_id, language="ar"), {"If-Match": '"2"'})

    assert_problem(stale, 409, "stale")
    assert fresh.headers["etag"] == '"3"'


def test_an_amendment_is_checked_against_the_schema(enter: Enter, person: Speak) -> None:
    entry_id = enter("ada")

    answer = person("ada").put(UPDATE, by_id(entry_id, displayName=None))

    assert_problem(answer, 400, "content-invalid")


def test_a_deleted_entry_is_found_no_more_and_its_person_may_enter_again(
    enter: Enter, person: Speak, messaging: Client
) -> None:
    entry_id = enter("ada")

    deleted = person("ada").delete(f"/data/participants/1/{entry_id}/delete")

    assert deleted.status == 204
    assert_problem(messaging("POST", READ, by_id(entry_id), WHY), 404, "not-found")
    assert_problem(person("ada").delete(f"/data/participants/1/{entry_id}/delete"), 404, "not-found")
    assert enter("ada") != entry_id


def test_administrators_list_and_amend_all(enter: Enter, administrator: Client) -> None:
    ids = [enter(subject) for subject in ("ada", "bea", "eve")]

    newest = administrator("GET", "/data/participants/1?pageSize=2", None, WHY).body
    rest = administrator("GET", newest["next"], None, WHY).body
    oldest = administrator("GET", "/data/participants/1?ordering=ascending&pageSize=1", None, WHY).body
    amended = administrator.put(UPDATE, by_id(ids[0], language="ca"))

    assert [each["id"] for each in newest["results"] + rest["results"]] == ids[::-1]
    assert newest["count"] == 3
    assert "next" not in rest
    assert "page=1" in rest["previous"]
    assert [each["id"] for each in oldest["results"]] == ids[:1]
    assert amended.status == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [("search=ca", 1), ("search=CA&filter=language", 1), ("search=eo", 0), ("filter=language", 2)],
)
def test_lists_search_open_fields(query: str, found: int, enter: Enter, administrator: Client) -> None:
    enter("ada")
    enter("bea", language="ca")

    assert administrator("GET", f"/data/participants/1?{query}", None, WHY).body["count"] == found


@pytest.mark.parametrize("field", ["email", "phone"])
def test_lists_do_not_search_sealed_fields(field: str, enter: Enter, administrator: Client) -> None:
    enter("ada")

    answer = administrator("GET", f"/data/participants/1?filter={field}&search=ada@example.org", None, WHY)
    anywhere = administrator("GET", "/data/participants/1?search=ada@example.org", None, WHY)

    assert_problem(answer, 400, "not-searchable")
    assert anywhere.body["count"] == 0


def test_a_list_without_a_purpose_is_refused(administrator: Client) -> None:
    assert_problem(administrator.get("/data/participants/1"), 400, "purpose-missing")


@pytest.mark.parametrize(
    "query", [{"phone": "112"}, {"displayName": ["Ada"]}, {"displayName": {"a": 1}}, {"displayName": None}]
)
def test_queries_that_name_no_single_value_of_a_field_are_refused(
    query: dict[str, Any], enter: Enter, person: Speak
) -> None:
    enter("ada")

    assert_problem(person("ada").post(READ, {"query": {"content": query}}), 400, "not-searchable")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", CREATE),
        ("GET", "/data/participants/1"),
        ("GET", "/v1/access-log"),
        ("GET", "/v1/access-log/verification"),
    ],
)
def test_participants_stay_on_their_side_of_the_door(method: str, path: str, person: Speak) -> None:
    body = {"write": {"content": {"displayName": "Ada"}}} if method == "POST" else None

    assert_problem(person("ada")(method, path, body, WHY), 403, "missing-scope")


def test_engagement_enters_and_reads_nothing(enter: Enter, joining: Speak) -> None:
    entry_id = enter("ada")

    assert_problem(joining("ada").post(READ, by_id(entry_id)), 403, "missing-scope")
