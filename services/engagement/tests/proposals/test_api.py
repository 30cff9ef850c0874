"""The door of proposals and endorsements."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from chassis import ids
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.contributions import Status
from engagement.proposals.model import State
from engagement.tables import process_log, proposal

TREES = {"title": {"en": "Trees along the river"}}


@pytest.fixture
def place(world: Any) -> Any:
    """An open process with one participant."""
    process = world.process()
    return process, world.participant(process, "ana")


def test_a_proposal_is_public_and_has_a_receipt(citizen: Callable[..., Client], public: Client, place: Any) -> None:
    submitted = citizen().post(f"/v1/processes/{place[0].id}/proposals", TREES | {"tags": ["trees"]}).body

    shown = public.get(f"/v1/proposals/{submitted['id']}").body
    assert (shown["author"], shown["mine"], shown["endorsedByMe"]) == ("Ana", False, False)
    assert shown["reference"] == f"{place[0].slug.upper()}-00001"
    receipt = public.get(f"/v1/receipts/{submitted['receipt']['code']}").body
    assert (receipt["kind"], receipt["status"]) == ("proposal", "counted")


def test_reference_numbers_count_within_a_process(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    other = world.process()
    world.participant(other, "ana")
    ana = citizen()

    references = [
        ana.post(f"/v1/processes/{each}/proposals", TREES).body["reference"][-5:] for each in _twice(place[0], other)
    ]

    assert references == ["00001", "00002", "00001", "00002"]


def test_a_draft_is_its_authors_alone(
    citizen: Callable[..., Client],
    official: Callable[..., Client],
    moderator: Client,
    public: Client,
    place: Any,
    world: Any,
) -> None:
    process, _ = place
    world.participant(process, "ben")
    draft = citizen("ana").post(f"/v1/processes/{process.id}/proposals", TREES | {"draft": True}).body
    its = f"/v1/proposals/{draft['id']}"

    assert (draft["state"], draft["reference"]) == ("draft", "")
    assert "receipt" not in draft
    assert citizen("ana").get(its).body["mine"] is True
    for other in (citizen("ben"), official(), moderator, public):
        assert_problem(other.get(its), 404, "not-found")
        assert_problem(other.get(f"{its}/comments"), 404, "not-found")
        assert other.get(f"/v1/processes/{process.id}/proposals").body["items"] == []
        assert other.get(f"/v1/processes/{process.id}/similar-proposals?title=Trees%20along").body["items"] == []
    assert_problem(citizen("ben").put(its, TREES), 404, "not-found")
    assert_problem(citizen("ben").post(f"{its}/endorsements"), 404, "not-found")
    about = {"subject": {"kind": "proposal", "id": draft["id"]}, "reason": "spam"}
    assert_problem(citizen("ben").post("/v1/reports", about), 404, "not-found")
    hiding = {"subject": {"kind": "proposal", "id": draft["id"]}, "rule": "spam", "reason": "It is spam."}
    assert_problem(moderator.post("/v1/moderation/hidings", hiding), 404, "not-found")
    assert public.get(f"/v1/processes/{process.id}/figures").body["proposals"] == 0
    assert world.events() == []


def test_a_draft_is_revised_and_then_submitted_once(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    ana = citizen()
    draft = ana.post(f"/v1/processes/{place[0].id}/proposals", TREES | {"draft": True}).body
    its = f"/v1/proposals/{draft['id']}"

    revised = ana.put(its, {"title": {"en": "More trees, please"}, "draft": True}).body
    submitted = ana.put(its, {"title": {"en": "Many more trees"}}).body

    assert (revised["state"], submitted["state"]) == ("draft", "published")
    assert submitted["receipt"]["code"]
    assert len(world.events("engagement.proposal-published.v1")) == 1


def test_a_proposal_that_was_submitted_changes_for_nobody(
    citizen: Callable[..., Client], place: Any, world: Any
) -> None:
    world.participant(place[0], "ben")
    submitted = citizen("ana").post(f"/v1/processes/{place[0].id}/proposals", TREES).body

    reply = citizen("ben").put(f"/v1/proposals/{submitted['id']}", {"title": {"en": "Mine now, all of it"}})

    assert_problem(reply, 403, "not-your-text")
    assert citizen("ana").get(f"/v1/proposals/{submitted['id']}").body["title"] == TREES["title"]


def test_a_closed_phase_refuses(citizen: Callable[..., Client], place: Any, world: Any, clock: FixedClock) -> None:
    proposal_ = world.proposal(place[0])
    clock.move(days=2)

    for address, body in (
        (f"/v1/processes/{place[0].id}/proposals", TREES),
        (f"/v1/proposals/{proposal_.id}/endorsements", None),
        (f"/v1/proposals/{proposal_.id}/comments", {"body": {"en": "Late"}}),
    ):
        assert_problem(citizen().post(address, body), 409, "phase-closed")


def test_who_did_not_join_does_not_contribute(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    proposal_ = world.proposal(place[0])

    for address, body in (
        (f"/v1/processes/{place[0].id}/proposals", TREES),
        (f"/v1/proposals/{proposal_.id}/endorsements", None),
        (f"/v1/proposals/{proposal_.id}/comments", {"body": {"en": "Hello"}}),
    ):
        assert_problem(citizen("eve").post(address, body), 403, "not-a-participant")


def test_a_proposal_is_endorsed_once(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    its = f"/v1/proposals/{world.proposal(place[0], place[1]).id}"
    world.participant(place[0], "ben")

    endorsed = citizen("ben").post(f"{its}/endorsements")

    assert endorsed.status == 201
    assert_problem(citizen("ben").post(f"{its}/endorsements"), 409, "already-endorsed")
    assert citizen("ben").get(its).body["endorsedByMe"] is True
    assert citizen("ana").get(its).body["endorsedByMe"] is False
    (told,) = world.events("engagement.proposal-endorsed.v1")
    assert told.data["recipient"] == "entry-ana"


def test_nobody_is_told_of_her_own_support(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    its = f"/v1/proposals/{world.proposal(place[0], place[1]).id}"

    citizen("ana").post(f"{its}/endorsements")

    assert world.events("engagement.proposal-endorsed.v1")[0].data["recipient"] is None


def test_support_is_taken_back_and_given_again(
    citizen: Callable[..., Client], public: Client, place: Any, world: Any
) -> None:
    its, ana = f"/v1/proposals/{world.proposal(place[0]).id}", citizen()
    first = ana.post(f"{its}/endorsements").body

    assert [ana.delete(f"{its}/endorsements/mine").status for _ in range(2)] == [204, 204]
    assert public.get(f"/v1/receipts/{first['receipt']['code']}").body["status"] == "withdrawn"
    again = ana.post(f"{its}/endorsements").body

    assert again["id"] != first["id"]
    statuses = [public.get(f"/v1/receipts/{each['receipt']['code']}").body["status"] for each in (first, again)]
    assert statuses == ["withdrawn", "counted"]
    assert len({row.contribution_id for row in world.rows(process_log)}) == 2
    assert len(world.events("engagement.endorsement-withdrawn.v1")) == 1
    assert public.get(f"/v1/processes/{place[0].id}/figures").body["endorsements"] == 1


def test_an_official_enters_a_meetings_proposal_and_none_of_her_own(
    official: Callable[..., Client], place: Any, public: Client
) -> None:
    address = f"/v1/processes/{place[0].id}/proposals"

    entered = official().post(address, TREES | {"channel": "meeting", "meeting": "Library"})

    assert entered.status == 201
    shown = public.get(f"/v1/proposals/{entered.body['id']}").body
    assert (shown["author"], shown["channel"], shown["meeting"]) == (None, "meeting", "Library")
    assert_problem(official().post(address, TREES), 403, "channel-not-yours")


def test_a_participant_speaks_on_the_web_alone(citizen: Callable[..., Client], place: Any) -> None:
    reply = citizen().post(f"/v1/processes/{place[0].id}/proposals", TREES | {"channel": "meeting"})

    assert_problem(reply, 403, "channel-not-yours")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'"text"',
        {},
        {"title": {}},
        {"title": "no language"},
        {"title": {"en": ""}},
        TREES | {"tags": ["a"] * 6},
        TREES | {"author": "someone else"},
        TREES | {"status": "counted"},
    ],
)
def test_a_malformed_proposal_is_refused(citizen: Callable[..., Client], place: Any, body: Any) -> None:
    assert_problem(citizen().post(f"/v1/processes/{place[0].id}/proposals", body), 400, "invalid")


def test_a_text_outside_the_limits_is_refused_with_its_field(citizen: Callable[..., Client], place: Any) -> None:
    reply = citizen().post(f"/v1/processes/{place[0].id}/proposals", {"title": {"en": "x" * 121}})

    assert_problem(reply, 400, "outside-limits")
    assert reply.body["errors"][0]["pointer"] == "/title"


def test_unknown_things_are_not_found(citizen: Callable[..., Client], public: Client) -> None:
    unknown = ids.new()
    assert_problem(citizen().post(f"/v1/processes/{unknown}/proposals", TREES), 404, "not-found")
    assert_problem(citizen().post(f"/v1/proposals/{unknown}/endorsements"), 404, "not-found")
    assert_problem(public.get(f"/v1/proposals/{unknown}"), 404, "not-found")
    assert_problem(public.get("/v1/proposals/not-an-id"), 400, "invalid")
    assert_problem(public.get("/v1/receipts/00000-00000-00000-00000"), 404, "not-found")


def test_a_hidden_proposal_is_its_authors_and_the_staffs(
    citizen: Callable[..., Client], moderator: Client, public: Client, place: Any, world: Any
) -> None:
    hidden = world.proposal(place[0], place[1], state=State.HIDDEN, status=Status.HIDDEN, hidden_reason="Spam.")
    its = f"/v1/proposals/{hidden.id}"

    assert citizen("ana").get(its).body["hiddenReason"] == "Spam."
    assert moderator.get(its).status == 200
    assert_problem(public.get(its), 404, "not-found")
    assert_problem(citizen("ben").get(its), 404, "not-found")
    assert_problem(citizen("ana").post(f"{its}/endorsements"), 409, "proposal-closed")
    assert_problem(citizen("ana").post(f"{its}/comments", {"body": {"en": "Why?"}}), 409, "proposal-closed")


def test_a_repeat_under_one_key_is_one_proposal(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    ana, address = citizen(), f"/v1/processes/{place[0].id}/proposals"

    first, second = (ana.post(address, TREES, Idempotency_Key="proposal-1") for _ in range(2))

    assert first.body == second.body
    assert len(world.rows(proposal)) == len(world.rows(process_log)) == 1
    other = ana.post(address, {"title": {"en": "Something else entirely"}}, Idempotency_Key="proposal-1")
    assert_problem(other, 409, "idempotency-key-reused")


def test_one_persons_key_is_not_anothers(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    world.participant(place[0], "ben")
    address = f"/v1/processes/{place[0].id}/proposals"

    for person in ("ana", "ben"):
        assert citizen(person).post(address, TREES, Idempotency_Key="proposal-1").status == 201

    assert len(world.rows(proposal)) == 2


def test_support_costs_five_statements(
    citizen: Callable[..., Client], place: Any, world: Any, statements: Any, make: ModuleType
) -> None:
    its = f"/v1/proposals/{world.proposal(place[0], place[1]).id}"

    with statements() as said:
        assert citizen().post(f"{its}/endorsements").status == 201

    assert len(said) == 5, said


def _twice(*processes: Any) -> list[Any]:
    return [each.id for process in processes for each in (process, process)]
