"""Policies at the door."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.testing.client import Client, assert_problem

Make = Callable[..., dict[str, Any]]


def test_a_policy_is_written_down_with_a_signed_revision(make_policy: Make) -> None:
    answer = make_policy(dataRetentionPeriodDays=730)

    assert answer["policy"]["dataRetentionPeriodDays"] == 730
    assert answer["revision"]["objectId"] == "privacy-2026"
    assert answer["revision"]["authorizedByOther"] == "administrator"


def test_a_policy_without_an_id_gets_one(administrator: Client) -> None:
    written = {"name": "Privacy", "version": "1", "url": "https://example.org/1"}

    answer = administrator.post("/config/policy/", {"policy": written})

    assert answer.body["policy"] == written | {"id": answer.body["revision"]["objectId"]}


def test_an_id_is_given_once(make_policy: Make, administrator: Client) -> None:
    policy = make_policy()["policy"]

    again = administrator.post("/config/policy/", {"policy": policy})

    assert_problem(again, 400, "id-taken")


def test_a_request_repeated_under_its_key_writes_nothing_new(administrator: Client) -> None:
    body = {"policy": {"name": "Privacy", "version": "1", "url": "https://example.org/1"}}

    answers = [administrator.post("/config/policy/", body, Idempotency_Key="once-and-once-only") for _ in range(2)]

    assert answers[0].body == answers[1].body
    assert len(administrator.get("/config/policies/").body["policies"]) == 1


def test_a_revised_policy_keeps_its_revisions(make_policy: Make, administrator: Client) -> None:
    first = make_policy()
    make_policy(id="noise")
    revised = first["policy"] | {"version": "2"}

    administrator.put("/config/policy/privacy-2026/", {"policy": revised})

    history = administrator.get("/config/policy/privacy-2026/revisions/").body
    assert history["policy"]["version"] == "2"
    assert [each.get("predecessorHash") for each in history["revisions"]] == [
        first["revision"]["serializedHash"],
        None,
    ]
    assert history["revisions"][1]["successor"] == {"id": history["revisions"][0]["id"]}
    then = administrator.get(f"/config/policy/privacy-2026/?revisionId={first['revision']['id']}")
    assert then.body["policy"]["version"] == "1"


def test_a_page_of_revisions_names_the_successor_on_the_page_before(make_policy: Make, administrator: Client) -> None:
    policy = make_policy()["policy"]
    administrator.put("/config/policy/privacy-2026/", {"policy": policy | {"version": "2"}})

    newest = administrator.get("/config/policy/privacy-2026/revisions/?limit=1").body["revisions"]
    older = administrator.get("/config/policy/privacy-2026/revisions/?limit=1&offset=1").body["revisions"]

    assert older[0]["successor"] == {"id": newest[0]["id"]}


def test_a_policy_that_an_active_agreement_uses_stays(make_agreement: Make, administrator: Client) -> None:
    make_agreement()

    refused = administrator.delete("/config/policy/privacy-2026/")
    administrator.delete("/config/data-agreement/participation/")
    done = administrator.delete("/config/policy/privacy-2026/")

    assert_problem(refused, 400, "policy-in-use")
    assert done.status == 200
    assert_problem(administrator.get("/config/policy/privacy-2026/"), 400, "not-found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/config/policy/unknown/"),
        ("GET", "/service/policy/unknown/"),
        ("DELETE", "/config/policy/unknown/"),
        ("GET", "/config/policy/unknown/revisions/"),
        ("GET", "/config/policy/privacy-2026/?revisionId=00000000-0000-7000-8000-000000000000"),
    ],
)
def test_an_unknown_id_is_a_bad_request(method: str, path: str, make_policy: Make, administrator: Client) -> None:
    make_policy()

    answer = administrator(method, path)

    assert_problem(answer, 400, "not-found")


def test_an_unknown_policy_is_not_revised(administrator: Client) -> None:
    body = {"policy": {"name": "Privacy", "version": "1", "url": "https://example.org/1"}}

    assert_problem(administrator.put("/config/policy/unknown/", body), 400, "not-found")


def test_everyone_reads_a_policy_and_only_administrators_write_one(make_policy: Make, client: Any) -> None:
    make_policy()
    reader = client(scopes=["consent.read"])

    read = reader.get("/service/policy/privacy-2026/")
    written = reader.delete("/config/policy/privacy-2026/")

    assert read.status == 200
    assert_problem(written, 403, "missing-scope")


def test_a_path_without_its_last_slash_leads_to_the_one_with_it(make_policy: Make, administrator: Client) -> None:
    make_policy()

    answer = administrator.get("/config/policy/privacy-2026")

    assert answer.body["policy"]["id"] == "privacy-2026"
