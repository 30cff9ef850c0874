"""Data agreements at the door."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.testing.client import Client, assert_problem

Make = Callable[..., dict[str, Any]]
PATH = "/config/data-agreement/participation/"


def test_everyone_reads_an_agreement_in_plain_words_with_its_policy(make_agreement: Make, client: Any) -> None:
    make_agreement()

    answer = client(scopes=["consent.read"]).get("/service/data-agreement/participation/")

    assert answer.body["dataAgreement"]["texts"]["en"]["howLong"] == "Two years"
    assert answer.body["dataAgreement"]["policy"]["name"] == "Privacy"


def test_an_agreement_keeps_the_policy_that_it_was_written_under(make_agreement: Make, administrator: Client) -> None:
    policy = make_agreement()["dataAgreement"]["policy"]

    administrator.put("/config/policy/privacy-2026/", {"policy": policy | {"version": "2"}})

    assert administrator.get(PATH).body["dataAgreement"]["policy"]["version"] == "1"


def test_what_was_read_can_be_sent_back_revised(make_agreement: Make, administrator: Client) -> None:
    first = make_agreement()

    revised = administrator.put(
        PATH, {"dataAgreement": administrator.get(PATH).body["dataAgreement"] | {"version": "2"}}
    )

    assert revised.body["dataAgreement"]["version"] == "2"
    assert revised.body["revision"]["predecessorHash"] == first["revision"]["serializedHash"]
    assert revised.body["revision"]["predecessorSignature"] == first["revision"]["signature"]


def test_a_terminated_agreement_is_readable_and_takes_no_consent(
    make_agreement: Make, administrator: Client, joining: Callable[[str], Client]
) -> None:
    make_agreement()

    administrator.delete(PATH)

    assert administrator.get("/service/data-agreement/participation/").body["dataAgreement"]["active"] is False
    refused = joining("ada").post("/service/individual/record/data-agreement/participation/")
    assert_problem(refused, 400, "agreement-not-active")


def test_agreements_are_listed_under_both_keys(make_agreement: Make, administrator: Client) -> None:
    make_agreement(id="b")
    make_agreement(id="a")

    listed = administrator.get("/config/data-agreements/?limit=1").body

    assert [each["id"] for each in listed["dataAgreements"]] == ["a"]
    assert listed["dataAgreement"] == listed["dataAgreements"]


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"policy": {"id": "unknown"}}, "not-found"),
        ({"lawfulBasis": "because"}, "invalid"),
        ({"texts": {"en": {"why": "so"}}}, "invalid"),
        ({"nothing": 1}, "invalid"),
        ({"id": "privacy 2026"}, "invalid"),
    ],
)
def test_bad_input_is_a_bad_request(
    change: dict[str, Any], slug: str, make_agreement: Make, administrator: Client
) -> None:
    agreement = make_agreement()["dataAgreement"]

    answer = administrator.post("/config/data-agreement/", {"dataAgreement": agreement | {"id": "other"} | change})

    assert_problem(answer, 400, slug)


def test_an_id_is_given_once(make_agreement: Make, administrator: Client) -> None:
    agreement = make_agreement()["dataAgreement"]

    answer = administrator.post("/config/data-agreement/", {"dataAgreement": agreement})

    assert_problem(answer, 400, "id-taken")
