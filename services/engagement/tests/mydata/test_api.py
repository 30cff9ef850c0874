"""A person's own data: seen, left behind, erased."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest

from chassis import ids
from chassis.app import App
from chassis.clock import FixedClock
from chassis.events import Event
from chassis.testing.client import Client, assert_problem
from engagement.erasure.store import DASH
from engagement.participants import store as participants
from engagement.receipts import store as receipts
from engagement.strategy.model import Access
from engagement.tables import comment, endorsement, participant, process_log, proposal

SECRET = "My neighbour Bea parks on the pavement"
TITLE = {"title": {"en": "A bench by the school"}, "body": {"en": SECRET}}
ERASE, KEEP = {"erase": True}, {"erase": False}
Json = dict[str, Any]


@pytest.fixture
def process(world: Any) -> Any:
    return world.process()


@pytest.fixture
def ana(citizen: Callable[..., Client], world: Any, process: Any) -> Client:
    world.participant(process, "ana")
    return citizen("ana")


@pytest.fixture
def contributed(ana: Client, world: Any, process: Any) -> Json:
    """Ana's proposal, her comment on it and her support of another."""
    submitted: Json = ana.post(f"/v1/processes/{process.id}/proposals", TITLE).body
    ana.post(f"/v1/proposals/{submitted['id']}/comments", {"body": {"en": SECRET}})
    ana.post(f"/v1/proposals/{world.proposal(process, number=7).id}/endorsements")
    return submitted


def test_she_sees_where_she_takes_part_newest_first(citizen: Callable[..., Client], world: Any, make: Any) -> None:
    older, newer = world.process(), world.process()
    world.participant(older, "ana", joined_at=make.NOON - make.DAY)
    world.participant(newer, "ana")
    world.participant(newer, "bea")

    first = citizen("ana").get("/v1/me/participations?limit=1")
    second = citizen("ana").get(f"/v1/me/participations?limit=1&cursor={first.body['next']}")

    assert [each["slug"] for page in (first, second) for each in page.body["items"]] == [newer.slug, older.slug]
    assert first.body["items"][0]["contactEntryId"] == "entry-ana"
    assert second.body["next"] is None


def test_she_sees_all_that_she_said_with_its_receipts_and_nothing_of_others(
    ana: Client, contributed: Json, world: Any, process: Any
) -> None:
    world.proposal(process, world.participant(process, "bea"), number=8)

    listed = ana.get("/v1/me/contributions").body["items"]

    assert sorted(each["kind"] for each in listed) == ["comment", "endorsement", "proposal"]
    own = next(each for each in listed if each["kind"] == "proposal")
    assert own["receipt"] == contributed["receipt"]["code"]
    assert (own["said"]["title"], own["said"]["body"]) == (TITLE["title"], TITLE["body"])


def test_a_page_of_contributions_costs_the_same_however_many_there_are(
    ana: Client, world: Any, make: Any, process: Any, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    me = world.rows(participant)[0]
    author = make.participant(process.id, "ana", id=me.id)

    def asked(limit: int) -> int:
        with statements() as said:
            reply = ana.get(f"/v1/me/contributions?limit={limit}")
        assert len(reply.body["items"]) == limit
        return len(said)

    for number in range(1, 31):
        world.proposal(process, author, number=number)

    assert asked(2) == asked(30) <= 4


def test_who_is_nobody_has_no_data(client: Callable[..., Client]) -> None:
    portal = client(scopes=["engagement.contribute"])

    assert_problem(portal.get("/v1/me/participations"), 401, "unauthenticated")
    assert_problem(portal.get("/v1/me/contributions"), 401, "unauthenticated")


def test_leaving_cuts_what_leads_to_her_and_keeps_what_counted(
    ana: Client, contributed: Json, world: Any, process: Any, app: App
) -> None:
    left = ana.post(f"/v1/processes/{process.id}/participants/me/withdrawal", KEEP)

    assert left.status == 200
    assert left.body["kept"] == {"proposal": 1, "comment": 1, "endorsement": 1}
    assert left.body["erased"] == 0
    (row,) = world.rows(participant)
    assert (row.display_name, row.recipient, row.language, row.consent_record_id) == (None,) * 4
    stored = repr([world.rows(each) for each in (participant, proposal, comment, endorsement)])
    assert "'ana'" not in stored and SECRET in stored
    assert {each.status for each in (*world.rows(proposal), *world.rows(endorsement))} == {"counted"}
    assert len(world.events("engagement.participant-withdrawn.v1")) == 1
    assert_problem(ana.get(f"/v1/processes/{process.id}/participants/me"), 404, "not-found")


def test_erasing_takes_her_words_out_and_the_log_still_holds(
    ana: Client, contributed: Json, world: Any, process: Any, app: App
) -> None:
    left = ana.post(f"/v1/processes/{process.id}/participants/me/withdrawal", ERASE)

    assert left.body["erased"] == 2
    assert SECRET not in repr([world.rows(each) for each in (proposal, comment)])
    assert "bench" not in repr(world.rows(proposal))
    assert {row.kind: row.salt is None for row in world.rows(process_log)} == {
        "proposal": True,
        "comment": True,
        "endorsement": False,
    }

    with app.runtime.reading() as tx:
        flaw, leaves = receipts.checked(tx)
    assert leaves == 3 and "was altered" not in str(flaw)
    shown = ana.get(f"/v1/proposals/{contributed['id']}")
    assert shown.body["title"] == {"en": DASH}
    assert shown.body["author"] is None


def test_whoever_left_can_join_again_as_somebody_new(ana: Client, contributed: Json, process: Any, world: Any) -> None:
    ana.post(f"/v1/processes/{process.id}/participants/me/withdrawal", KEEP)

    again = ana.post(f"/v1/processes/{process.id}/participants", {"displayName": "Ana", "agrees": True})

    assert again.status == 201
    assert len({row.id for row in world.rows(participant)}) == 2
    assert ana.get("/v1/me/contributions").body["items"] == []


def test_nobody_leaves_for_another_and_nothing_changes(
    citizen: Callable[..., Client], ana: Client, process: Any, world: Any
) -> None:
    reply = citizen("eve").post(f"/v1/processes/{process.id}/participants/me/withdrawal", ERASE)

    assert_problem(reply, 404, "not-found")
    assert [row.state for row in world.rows(participant)] == ["joined"]


@pytest.mark.parametrize("body", [{}, {"erase": "yes"}, {"erase": True, "more": 1}])
def test_what_is_to_be_erased_is_said_plainly(body: Any, ana: Client, process: Any) -> None:
    assert_problem(ana.post(f"/v1/processes/{process.id}/participants/me/withdrawal", body), 400, "invalid")


def test_withdrawing_the_consent_ends_every_participation_on_it_once(
    ana: Client, contributed: Json, world: Any, app: App, clock: FixedClock
) -> None:
    other = world.process()
    second, bea = world.participant(other, "ana"), world.participant(other, "bea")
    joined = world.rows(participant)
    with app.runtime.transaction() as tx:
        for row in joined:
            participants.note(tx, row.id, consent_record_id="record-2" if row.id == bea.id else "record-1")
    data = {"consentRecordId": "record-1", "dataAgreementId": "participation"}
    event = Event("consent.record-withdrawn.v1", "record-1", clock(), data)

    for _ in range(2):
        with app.runtime.transaction() as tx:
            app.runtime.service.subscriptions[event.type](tx, replace(event, id=ids.new()))

    states = {row.id: row.state for row in world.rows(participant)}
    assert states.pop(bea.id) == "joined"
    assert set(states.values()) == {"withdrawn"} and second.id in states
    assert len(world.events("engagement.participant-withdrawn.v1")) == 2
    assert SECRET in repr(world.rows(proposal))


@pytest.fixture
def receipt(world: Any, make: Any, visitor: Any) -> str:
    """Of what a visitor said."""
    process = world.process(strategy=make.strategy(access=Access.OPEN))
    who = visitor(process)
    who.post(f"/v1/processes/{process.id}/visitors", {"agrees": True})
    return str(who.post(f"/v1/processes/{process.id}/proposals", TITLE).body["receipt"]["code"])


def test_a_visitor_erases_her_words_by_the_receipt_alone(
    receipt: str, client: Callable[..., Client], world: Any
) -> None:
    portal = client(scopes=["engagement.read", "engagement.contribute"])

    erased = portal.post(f"/v1/receipts/{receipt}/erasure")

    assert (erased.status, erased.body) == (200, {"code": receipt, "kind": "proposal"})
    assert SECRET not in repr(world.rows(proposal))
    assert portal.get(f"/v1/receipts/{receipt}").body["status"] == "counted"


def test_a_receipt_does_not_erase_what_was_said_with_an_account(
    contributed: Json, client: Callable[..., Client], world: Any
) -> None:
    portal = client(scopes=["engagement.read", "engagement.contribute"])

    reply = portal.post(f"/v1/receipts/{contributed['receipt']['code']}/erasure")

    assert_problem(reply, 403, "not-your-receipt")
    assert SECRET in repr(world.rows(proposal))


def test_no_receipt_erases_nothing(client: Callable[..., Client]) -> None:
    portal = client(scopes=["engagement.read", "engagement.contribute"])

    assert_problem(portal.post("/v1/receipts/00000-00000-00000-00000/erasure"), 404, "not-found")
