"""Amendments: proposed, decided by the author, withdrawn, promoted, hidden."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.tables import amendment, process_log

TREES = {"title": {"en": "Trees along the river"}, "summary": {"en": "Plant ten trees."}}
MORE = {"summary": {"en": "Plant twelve trees."}, "rationale": {"en": "Ten are too few for the bank."}}
REASON = {"reason": {"en": "There is room for twelve."}}


@pytest.fixture
def place(world: Any) -> Any:
    process = world.process()
    for name in ("ana", "ben", "eve"):
        world.participant(process, name)
    return process


@pytest.fixture
def its(citizen: Callable[..., Client], place: Any) -> str:
    """Ana's proposal."""
    submitted = citizen("ana").post(f"/v1/processes/{place.id}/proposals", TREES).body
    return f"/v1/proposals/{submitted['id']}"


def proposed(who: Client, its: str, **more: Any) -> str:
    reply = who.post(f"{its}/amendments", MORE | more)
    assert reply.status == 201, reply
    return f"/v1/amendments/{reply.body['id']}"


def test_words_that_the_author_takes_over_make_another_text(
    citizen: Callable[..., Client], public: Client, its: str, world: Any
) -> None:
    address = proposed(citizen("ben"), its)
    seen = public.get(address).body
    assert (seen["author"], seen["state"], seen["mine"], seen["decidedByMe"]) == ("Ben", "evaluating", False, False)
    (change,) = seen["changes"]
    assert [(each["op"], each["text"]) for each in change["pieces"]][1:3] == [("delete", "ten"), ("insert", "twelve")]
    assert citizen("ana").get(address).body["decidedByMe"] is True

    decided = citizen("ana").put(f"{address}/decision", {"outcome": "accepted"} | REASON)

    assert (decided.body["state"], decided.body["reason"]) == ("accepted", REASON["reason"])
    shown = public.get(its).body
    assert (shown["summary"], shown["title"], shown["textNumber"]) == (MORE["summary"], TREES["title"], 2)
    versions = public.get(f"{its}/versions").body["items"]
    assert (versions[1]["cause"], f"/v1/amendments/{versions[1]['amendmentId']}") == ("amended", address)
    assert public.get(address).body["changes"] == seen["changes"]
    (told,) = world.events("engagement.amendment-decided.v1")
    assert (told.data["outcome"], told.data["recipient"]) == ("accepted", "entry-ben")


def test_an_amendment_has_a_receipt(citizen: Callable[..., Client], public: Client, its: str, world: Any) -> None:
    code = citizen("ben").post(f"{its}/amendments", MORE).body["receipt"]["code"]

    found = public.get(f"/v1/receipts/{code}").body

    assert (found["kind"], found["status"]) == ("amendment", "counted")
    assert len(world.rows(process_log)) == 2
    assert world.events("engagement.amendment-proposed.v1")[0].data["recipient"] == "entry-ana"


def test_the_author_alone_decides_and_once(
    citizen: Callable[..., Client], official: Callable[..., Client], its: str
) -> None:
    address = proposed(citizen("ben"), its)
    verdict = {"outcome": "rejected"} | REASON

    for other in (citizen("ben"), citizen("eve"), official()):
        assert_problem(other.put(f"{address}/decision", verdict), 403, "not-your-text")
    assert_problem(citizen("ana").put(f"{address}/decision", {"outcome": "rejected"}), 400, "invalid")
    assert citizen("ana").put(f"{address}/decision", verdict).status == 200
    assert_problem(citizen("ana").put(f"{address}/decision", verdict), 409, "amendment-closed")
    assert citizen("ana").get(its).body["textNumber"] == 1


def test_an_amendment_of_a_former_text_is_outdated(citizen: Callable[..., Client], its: str) -> None:
    first, second = proposed(citizen("ben"), its), proposed(citizen("eve"), its, title={"en": "Trees on both banks"})
    ana, accepted = citizen("ana"), {"outcome": "accepted"} | REASON
    assert ana.put(f"{first}/decision", accepted).status == 200

    assert_problem(ana.put(f"{second}/decision", accepted), 409, "amendment-outdated")

    assert ana.get(second).body["state"] == "evaluating"
    assert ana.get(its).body["title"] == TREES["title"]
    assert ana.put(f"{second}/decision", {"outcome": "rejected"} | REASON).status == 200


def test_what_was_refused_becomes_a_proposal_of_its_own(
    citizen: Callable[..., Client], public: Client, its: str
) -> None:
    address = proposed(citizen("ben"), its)
    assert_problem(citizen("ben").post(f"{address}/promotion"), 409, "amendment-closed")
    citizen("ana").put(f"{address}/decision", {"outcome": "rejected"} | REASON)
    assert_problem(citizen("eve").post(f"{address}/promotion"), 403, "not-your-text")

    promoted = citizen("ben").post(f"{address}/promotion")

    assert promoted.status == 201 and promoted.body["receipt"]["code"]
    shown = public.get(f"/v1/proposals/{promoted.body['id']}").body
    assert (shown["author"], shown["summary"]) == ("Ben", MORE["summary"])
    assert public.get(address).body["promotedId"] == promoted.body["id"]
    assert_problem(citizen("ben").post(f"{address}/promotion"), 409, "amendment-closed")


def test_who_proposed_it_takes_it_back_while_it_waits(citizen: Callable[..., Client], public: Client, its: str) -> None:
    reply = citizen("ben").post(f"{its}/amendments", MORE).body
    address = f"/v1/amendments/{reply['id']}"

    assert_problem(citizen("eve").post(f"{address}/withdrawal"), 403, "not-your-text")
    assert citizen("ben").post(f"{address}/withdrawal").body["state"] == "withdrawn"

    assert_problem(citizen("ben").post(f"{address}/withdrawal"), 409, "amendment-closed")
    assert public.get(f"/v1/receipts/{reply['receipt']['code']}").body["status"] == "withdrawn"


def test_ten_wait_at_most_however_many_come_at_once(citizen: Callable[..., Client], its: str, world: Any) -> None:
    bodies = [MORE | {"summary": {"en": f"Plant {number} trees."}} for number in range(20, 32)]

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda body: citizen("ben").post(f"{its}/amendments", body), bodies))

    assert sorted(each.status for each in replies) == [201] * 10 + [409] * 2
    assert_problem(next(each for each in replies if each.status == 409), 409, "too-many-amendments")
    assert len(world.rows(amendment)) == 10


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        ({"rationale": {"en": "No reason at all."}}, 400, "nothing-changed"),
        (MORE | {"summary": TREES["summary"]}, 400, "nothing-changed"),
        (MORE | {"title": {"en": "short"}}, 400, "outside-limits"),
        ({"summary": {"en": "Plant more."}}, 400, "invalid"),
        (MORE | {"rationale": {"en": "No"}}, 400, "invalid"),
    ],
)
def test_what_is_no_amendment_is_refused(
    citizen: Callable[..., Client], its: str, body: Any, status: int, slug: str, world: Any
) -> None:
    assert_problem(citizen("ben").post(f"{its}/amendments", body), status, slug)
    assert world.rows(amendment) == []


def test_when_amendments_are_not_taken(
    citizen: Callable[..., Client], official: Callable[..., Client], place: Any, its: str, clock: FixedClock
) -> None:
    assert_problem(citizen("zoe").post(f"{its}/amendments", MORE), 403, "not-a-participant")
    official().put(f"/v1/processes/{place.id}/proposal-rules", {"version": 0, "amendments": False})
    assert_problem(citizen("ben").post(f"{its}/amendments", MORE), 409, "amendments-off")
    official().put(f"/v1/processes/{place.id}/proposal-rules", {"version": 1})
    clock.move(days=2)
    assert_problem(citizen("ben").post(f"{its}/amendments", MORE), 409, "phase-closed")


def test_a_hidden_amendment_is_seen_by_its_proposer_and_staff(
    citizen: Callable[..., Client], moderator: Client, public: Client, its: str
) -> None:
    address = proposed(citizen("ben"), its)
    hiding = {"subject": {"kind": "amendment", "id": address[-36:]}, "rule": "spam", "reason": "It is spam, clearly."}

    assert moderator.post("/v1/moderation/hidings", hiding).status == 201

    assert_problem(public.get(address), 404, "not-found")
    assert public.get(f"{its}/amendments").body["items"] == []
    assert citizen("ben").get(address).body["hiddenReason"] == "It is spam, clearly."
    assert_problem(citizen("ana").put(f"{address}/decision", {"outcome": "accepted"} | REASON), 409, "amendment-closed")
    assert moderator.post("/v1/moderation/restorations", hiding).status == 201
    assert public.get(address).status == 200


def test_a_page_of_amendments_costs_the_same_however_many(
    citizen: Callable[..., Client], public: Client, its: str, statements: Any
) -> None:
    costs, ids = [], []
    for number in (1, 7):
        for each in range(number):
            proposed(citizen("ben"), its, summary={"en": f"Plant {number}{each} trees."})
        with statements() as said:
            ids = [each["id"] for each in public.get(f"{its}/amendments").body["items"]]
        costs.append(len(said))

    assert costs[0] == costs[1] and len(ids) == 8
    first = public.get(f"{its}/amendments?limit=5").body
    second = public.get(f"{its}/amendments?limit=5&cursor={first['next']}").body
    assert [each["id"] for each in [*first["items"], *second["items"]]] == ids
