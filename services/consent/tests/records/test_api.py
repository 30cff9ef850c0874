"""Consent records at the door."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from joserfc import jws
from joserfc.jwk import KeySet
from sqlalchemy import select

from chassis.database import Database
from chassis.tables import outbox
from chassis.testing.client import Client, Reply, assert_problem

Make = Callable[..., dict[str, Any]]
Speak = Callable[[str], Client]
AGREEMENT = "/service/individual/record/data-agreement/participation/"
RECORDS = "/service/individual/record/consent-record/"


@pytest.fixture
def given(make_agreement: Make, joining: Speak) -> Callable[[str], dict[str, Any]]:
    """`given(subject)`: her consent record, through engagement's job."""
    make_agreement()

    def give(subject: str) -> dict[str, Any]:
        answer: Reply = joining(subject).post(AGREEMENT)
        assert answer.status == 200, answer.body
        body: dict[str, Any] = answer.body
        return body

    return give


def test_consent_is_recorded_for_the_person_for_whom_the_application_acts(given: Make) -> None:
    answer = given("ada")

    record = answer["consentRecord"]
    assert (record["individual"], record["optIn"], record["state"]) == ({"id": "ada"}, True, "signed")
    assert answer["revision"]["authorizedByIndividual"] == {"id": "ada"}
    assert answer["revision"]["authorizedByOther"] == "BARAZA/GOV/1001/engagement"


def test_a_record_is_tied_to_the_words_that_were_agreed_to(given: Make, administrator: Client) -> None:
    record = given("ada")["consentRecord"]

    agreement = administrator.get("/config/data-agreement/participation/").body

    assert record["dataAgreementRevision"] == {"id": agreement["revision"]["id"]}
    assert record["dataAgreementRevisionHash"] == agreement["revision"]["serializedHash"]


def test_who_asks_again_gets_the_record_that_exists(given: Make, administrator: Client) -> None:
    first = given("ada")
    given("bea")

    again = given("ada")

    assert again == first
    assert len(administrator.get("/audit/consent-records/").body["consentRecords"]) == 2
    assert len(administrator.get("/audit/log/").body["items"]) == 4


def test_a_revised_agreement_is_agreed_to_anew(given: Make, administrator: Client, person: Speak) -> None:
    first = given("ada")["consentRecord"]
    agreement = administrator.get("/config/data-agreement/participation/").body["dataAgreement"]
    administrator.put("/config/data-agreement/participation/", {"dataAgreement": agreement | {"version": "2"}})

    second = given("ada")["consentRecord"]

    assert second["id"] != first["id"]
    assert person("ada").get(AGREEMENT).body["consentRecord"]["id"] == second["id"]
    assert len(person("ada").get(RECORDS).body["consentRecords"]) == 2


def test_consent_to_words_that_were_not_shown_is_refused(given: Make, administrator: Client, joining: Speak) -> None:
    before = given("ada")["consentRecord"]["dataAgreementRevision"]["id"]
    agreement = administrator.get("/config/data-agreement/participation/").body["dataAgreement"]
    administrator.put("/config/data-agreement/participation/", {"dataAgreement": agreement | {"version": "2"}})

    refused = joining("bea").post(f"{AGREEMENT}?revisionId={before}")

    assert_problem(refused, 400, "not-the-current-revision")


def test_withdrawing_adds_a_revision_and_loses_nothing(given: Make, person: Speak, administrator: Client) -> None:
    first = given("ada")
    record_id = first["consentRecord"]["id"]

    withdrawn = person("ada").put(f"{RECORDS}{record_id}/", {"consentRecord": {"optIn": False}})

    assert withdrawn.body["consentRecord"]["optIn"] is False
    assert withdrawn.body["revision"]["predecessorHash"] == first["revision"]["serializedHash"]
    past = administrator.get(f"/audit/consent-record/{record_id}/").body["revisions"]
    assert [orjson.loads(each["serializedSnapshot"])["objectData"]["optIn"] for each in past] == [False, True]


def test_a_withdrawal_is_told_once_with_ids_alone(given: Make, person: Speak, database: Database) -> None:
    record_id = given("ada")["consentRecord"]["id"]

    for opt_in in (False, False, True):
        person("ada").put(f"{RECORDS}{record_id}/", {"consentRecord": {"optIn": opt_in}})

    with database.reading() as tx:
        (told,) = tx.execute(select(outbox.c.type, outbox.c.key, outbox.c.data)).all()
    assert (told.type, told.key) == ("consent.record-withdrawn.v1", record_id)
    assert set(told.data) == {"consentRecordId", "dataAgreementId"}


def test_withdrawing_twice_is_withdrawing_once(given: Make, person: Speak, administrator: Client) -> None:
    path = f"{RECORDS}{given('ada')['consentRecord']['id']}/"

    answers = [person("ada").put(path, {"consentRecord": {"optIn": False}}).body for _ in range(2)]

    assert answers[0] == answers[1]


def test_who_withdrew_stays_withdrawn_until_she_herself_gives_again(given: Make, person: Speak) -> None:
    path = f"{RECORDS}{given('ada')['consentRecord']['id']}/"
    person("ada").put(path, {"consentRecord": {"optIn": False}})

    joined_again = given("ada")
    herself = person("ada").put(path, {"consentRecord": {"optIn": True}})

    assert joined_again["consentRecord"]["optIn"] is False
    assert herself.body["consentRecord"]["optIn"] is True


def test_verification_follows_what_the_person_says(given: Make, person: Speak, administrator: Client) -> None:
    record_id = given("ada")["consentRecord"]["id"]
    given("bea")
    verification = f"/service/verification/consent-record/{record_id}/"

    before = administrator.get(verification).body["valid"]
    person("ada").put(f"{RECORDS}{record_id}/", {"consentRecord": {"optIn": False}})
    after = administrator.get(verification).body["valid"]

    assert (before, after) == (True, False)
    standing = administrator.get("/service/verification/consent-records/?dataAgreementId=participation").body
    assert [each["individual"]["id"] for each in standing["consentRecords"]] == ["bea"]


def test_a_signature_is_checked_without_this_block(given: Make, client: Any) -> None:
    answer = given("ada")
    keys = client(scopes=["consent.read"]).get("/service/verification/keys/").body

    signed = jws.deserialize_compact(answer["revision"]["signature"], KeySet.import_key_set(keys), ["Ed25519"])

    assert orjson.loads(signed.payload)["hash"] == answer["revision"]["serializedHash"]
    assert all("d" not in key for key in keys["keys"])


def test_nobody_reads_or_changes_the_record_of_another(given: Make, person: Speak) -> None:
    path = f"{RECORDS}{given('ada')['consentRecord']['id']}/"
    given("noise")

    changed = person("bea").put(path, {"consentRecord": {"optIn": False}})
    read = person("bea").get(AGREEMENT)
    listed = person("bea").get(RECORDS)

    assert_problem(changed, 400, "not-found")
    assert_problem(read, 400, "not-found")
    assert listed.body == {"consentRecords": []}


@pytest.mark.parametrize("how", ["query", "header"])
def test_an_individual_who_is_not_the_person_of_the_call_is_refused(
    how: str, given: Make, joining: Speak, person: Speak
) -> None:
    given("ada")
    query = "?individualId=ada" if how == "query" else ""
    headers = {"X-ConsentBB-IndividualId": "ada"} if how == "header" else {}

    answers = [
        joining("bea")("POST", AGREEMENT + query, None, headers),
        person("bea")("GET", AGREEMENT + query, None, headers),
    ]

    for answer in answers:
        assert_problem(answer, 400, "not-this-individual")
    assert person("ada")("GET", AGREEMENT + query, None, headers).status == 200


def test_an_application_by_itself_has_nobody_to_consent_for(given: Make, client: Any) -> None:
    alone = client(application="BARAZA/GOV/1001/engagement", scopes=["consent.record"])

    assert_problem(alone.post(AGREEMENT), 400, "no-individual")


def test_unknown_records_and_agreements_are_bad_requests(joining: Speak, person: Speak, administrator: Client) -> None:
    nobody = "00000000-0000-7000-8000-000000000000"

    answers = [
        joining("ada").post("/service/individual/record/data-agreement/unknown/"),
        person("ada").get(AGREEMENT),
        person("ada").put(f"{RECORDS}{nobody}/", {"consentRecord": {"optIn": True}}),
        administrator.get(f"/service/verification/consent-record/{nobody}/"),
        administrator.get(f"/audit/consent-record/{nobody}/"),
    ]

    for answer in answers:
        assert_problem(answer, 400, "not-found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", AGREEMENT),
        ("GET", "/service/verification/consent-records/"),
        ("GET", "/audit/consent-records/"),
        ("GET", "/audit/verification/"),
        ("GET", "/config/policies/"),
    ],
)
def test_participants_stay_on_their_side_of_the_door(method: str, path: str, person: Speak) -> None:
    assert_problem(person("ada")(method, path), 403, "missing-scope")
