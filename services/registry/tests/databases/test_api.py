"""Registries at the door."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from chassis.testing.client import Client, assert_problem

Make = Callable[..., dict[str, Any]]


def test_a_draft_takes_no_entries_until_it_is_published(
    administrator: Client, joining: Callable[..., Client], make_registry: Make
) -> None:
    schema = {"type": "object", "additionalProperties": False, "properties": {"name": {"type": "string"}}}
    drafted = administrator.post("/v1/registries", {"name": "people", "schema": schema})
    body = {"write": {"content": {"name": "Ada"}}}

    before = joining("ada").post("/data/people/1/create", body)
    administrator.post("/v1/registries/people/1/publication")
    after = joining("ada").post("/data/people/1/create", body)

    assert drafted.body["state"] == "draft"
    assert_problem(before, 404, "not-found")
    assert after.status == 200


def test_a_published_version_does_not_change(make_registry: Make, administrator: Client) -> None:
    make_registry()

    again = administrator.post("/v1/registries/participants/1/publication")

    assert_problem(again, 409, "not-draft")


def test_versions_before_a_new_one_stay_usable(
    make_registry: Make, enter: Callable[..., str], person: Callable[[str], Client]
) -> None:
    schema = deepcopy(make_registry()["schema"])
    entry_id = enter("ada")
    schema["properties"]["phone"] = {"type": "string"}
    make_registry(schema=schema)
    query = {"query": {"content": {"id": entry_id}}}

    written = person("ada").put("/data/participants/2/update", query | {"write": {"content": {"phone": "112"}}})
    older = person("ada").put("/data/participants/1/update", query | {"write": {"content": {"language": "ca"}}})

    assert (written.status, older.status) == (200, 200)
    assert "phone" not in person("ada").post("/data/participants/1/read", query).body["content"]
    newest = person("ada").post("/data/participants/2/read", query).body["content"]
    assert (newest["phone"], newest["language"]) == ("112", "ca")


def test_all_versions_are_listed(make_registry: Make, administrator: Client) -> None:
    make_registry()
    make_registry()
    make_registry(name="another")

    listed = administrator.get("/v1/registries").body["items"]

    assert [(each["name"], each["version"]) for each in listed] == [
        ("another", "1"),
        ("participants", "1"),
        ("participants", "2"),
    ]
    assert administrator.get("/v1/registries/participants/2").body == listed[2]
    assert_problem(administrator.get("/v1/registries/participants/3"), 404, "not-found")


def test_a_draft_repeated_under_its_key_is_one_version(administrator: Client) -> None:
    schema = {"type": "object", "additionalProperties": False, "properties": {"name": {"type": "string"}}}
    body = {"name": "people", "schema": schema}

    answers = [administrator.post("/v1/registries", body, Idempotency_Key="draft-once") for _ in range(2)]

    assert [answer.body["version"] for answer in answers] == ["1", "1"]


def test_an_unusable_schema_is_a_bad_request(administrator: Client) -> None:
    answer = administrator.post("/v1/registries", {"name": "people", "schema": {"type": "object"}})

    assert_problem(answer, 400, "schema-unusable")


def test_participants_configure_nothing(person: Callable[[str], Client]) -> None:
    assert_problem(person("ada").get("/v1/registries"), 403, "missing-scope")
