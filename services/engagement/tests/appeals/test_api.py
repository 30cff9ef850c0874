"""From an act to an appeal to its decision by another person."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis import ids
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.tables import appeal, audit

WHY = {"reason": "My text names no shop at all, please read it again."}


@pytest.fixture
def other(client: Callable[..., Client]) -> Client:
    """Another moderator."""
    return client(subject="mona", roles=["moderator"], scopes=["engagement.read", "engagement.moderate"])


@pytest.fixture
def place(world: Any) -> Any:
    """A process and Ana's proposal in it."""
    process = world.process()
    return process, world.proposal(process, world.participant(process, "ana"))


@pytest.fixture
def entry(moderator: Client, place: Any) -> dict[str, Any]:
    """Mira has hidden it."""
    act = {"subject": {"kind": "proposal", "id": str(place[1].id)}, "rule": "spam", "reason": "It advertises a shop."}
    made: dict[str, Any] = moderator.post("/v1/moderation/hidings", act).body
    return made


def test_an_author_appeals_and_another_moderator_overturns(
    citizen: Callable[..., Client], other: Client, public: Client, place: Any, entry: Any, world: Any
) -> None:
    its = f"/v1/moderation/entries/{entry['id']}"
    before = citizen().get(its).body

    made = citizen().post(f"{its}/appeal", WHY)
    waiting = other.get(f"/v1/processes/{place[0].id}/appeals").body["items"]
    decided = other.put(f"/v1/appeals/{made.body['id']}/decision", {"outcome": "overturned", "reason": "She is right."})

    assert before["mayAppeal"] is True and "myAppeal" not in before
    assert (made.status, made.body["state"]) == (201, "open")
    assert [each["id"] for each in waiting] == [made.body["id"]]
    assert decided.body["state"] == "overturned"
    assert public.get(f"/v1/proposals/{place[1].id}").status == 200
    log = public.get(f"/v1/processes/{place[0].id}/moderation-log").body["items"]
    assert [(each["action"], each["appeal"]) for each in log] == [("restore", None), ("hide", "overturned")]
    assert citizen().get(its).body["myAppeal"]["decision"] == "She is right."
    assert other.get(f"/v1/processes/{place[0].id}/appeals").body["items"] == []
    (month,) = public.get(f"/v1/processes/{place[0].id}/moderation-counts").body["months"]
    assert (month["appeals"], month["overturned"]) == (1, 1)
    (told,) = world.events("engagement.appeal-decided.v1")
    assert (told.data["outcome"], told.data["recipient"]) == ("overturned", "entry-ana")
    assert WHY["reason"] not in str([row.data for row in world.events()])


def test_an_act_that_is_upheld_stands(
    citizen: Callable[..., Client], other: Client, public: Client, place: Any, entry: Any
) -> None:
    made = citizen().post(f"/v1/moderation/entries/{entry['id']}/appeal", WHY).body
    decision = {"outcome": "upheld", "reason": "The shop is in the title."}

    upheld = other.put(f"/v1/appeals/{made['id']}/decision", decision)

    assert upheld.body["state"] == "upheld"
    assert public.get(f"/v1/proposals/{place[1].id}").status == 404
    assert_problem(other.put(f"/v1/appeals/{made['id']}/decision", decision), 409, "appeal-decided")


def test_a_label_that_is_overturned_goes_away(
    citizen: Callable[..., Client], moderator: Client, other: Client, public: Client, place: Any
) -> None:
    act = {"subject": {"kind": "proposal", "id": str(place[1].id)}, "rule": "misinformation", "reason": "It is older."}
    moderator.post("/v1/moderation/labels", act | {"words": {"en": "No."}, "source": "https://example.org"})
    (entry,) = public.get(f"/v1/processes/{place[0].id}/moderation-log").body["items"]
    made = citizen().post(f"/v1/moderation/entries/{entry['id']}/appeal", WHY).body

    other.put(f"/v1/appeals/{made['id']}/decision", {"outcome": "overturned", "reason": "It was right."})

    assert public.get(f"/v1/processes/{place[0].id}/labels").body["items"] == []


def test_whoever_acted_does_not_decide(citizen: Callable[..., Client], moderator: Client, entry: Any) -> None:
    made = citizen().post(f"/v1/moderation/entries/{entry['id']}/appeal", WHY).body
    its = f"/v1/appeals/{made['id']}/decision"

    assert_problem(moderator.put(its, {"outcome": "upheld", "reason": "I was right."}), 403, "another-moderator")
    assert_problem(citizen().put(its, {"outcome": "overturned", "reason": "I was right."}), 403, "missing-scope")


def test_only_the_author_appeals_once_and_in_time(
    citizen: Callable[..., Client], world: Any, place: Any, entry: Any, clock: FixedClock, app: Any
) -> None:
    its = f"/v1/moderation/entries/{entry['id']}/appeal"
    world.participant(place[0], "ben")

    assert_problem(citizen("ben").post(its, WHY), 403, "not-the-author")
    assert_problem(citizen("eve").post(its, WHY), 403, "not-the-author")
    assert citizen("ben").get(its.removesuffix("/appeal")).body["mayAppeal"] is False
    assert citizen("ana").post(its, WHY).status == 201
    assert_problem(citizen("ana").post(its, WHY), 409, "already-appealed")
    assert len(world.rows(appeal)) == 1


def test_an_appeal_after_its_time_is_refused(
    citizen: Callable[..., Client], entry: Any, clock: FixedClock, place: Any
) -> None:
    its = f"/v1/moderation/entries/{entry['id']}"
    clock.move(days=31)

    assert_problem(citizen().post(f"{its}/appeal", WHY), 409, "not-appealable")
    assert citizen().get(its).body["mayAppeal"] is False


def test_what_machines_held_and_what_was_shown_again_is_not_appealed_against(
    citizen: Callable[..., Client], moderator: Client, place: Any, entry: Any
) -> None:
    act = {"subject": {"kind": "proposal", "id": str(place[1].id)}, "rule": "spam", "reason": "It is none."}
    shown = moderator.post("/v1/moderation/restorations", act).body

    assert_problem(citizen().post(f"/v1/moderation/entries/{shown['id']}/appeal", WHY), 409, "not-appealable")


@pytest.mark.parametrize("body", [{"reason": "No."}, {}, {"reason": WHY["reason"], "by": 1}])
def test_a_malformed_appeal_is_refused(citizen: Callable[..., Client], entry: Any, world: Any, body: Any) -> None:
    assert_problem(citizen().post(f"/v1/moderation/entries/{entry['id']}/appeal", body), 400, "invalid")
    assert world.rows(appeal) == []


def test_unknown_things_are_not_found(citizen: Callable[..., Client], other: Client) -> None:
    unknown = ids.new()

    assert_problem(citizen().get(f"/v1/moderation/entries/{unknown}"), 404, "not-found")
    assert_problem(citizen().post(f"/v1/moderation/entries/{unknown}/appeal", WHY), 404, "not-found")
    assert_problem(
        other.put(f"/v1/appeals/{unknown}/decision", {"outcome": "upheld", "reason": "It was right."}), 404, "not-found"
    )
    assert_problem(other.get(f"/v1/processes/{unknown}/appeals"), 404, "not-found")


def test_appeals_come_in_pages_the_soonest_due_first(
    moderator: Client, other: Client, citizen: Callable[..., Client], world: Any, clock: FixedClock
) -> None:
    process = world.process()
    ana = world.participant(process, "ana")
    for number in range(1, 6):
        about = {"kind": "proposal", "id": str(world.proposal(process, ana, number=number).id)}
        act = {"subject": about, "rule": "spam", "reason": "It advertises a shop."}
        entry = moderator.post("/v1/moderation/hidings", act).body
        citizen().post(f"/v1/moderation/entries/{entry['id']}/appeal", WHY)
        clock.move(minutes=1)
    its, seen, cursor = f"/v1/processes/{process.id}/appeals?limit=2", [], ""

    while cursor is not None:
        body = other.get(f"{its}{cursor and f'&cursor={cursor}'}").body
        seen += [each["dueAt"] for each in body["items"]]
        cursor = body["next"]

    assert seen == sorted(seen) and len(seen) == 5


def test_an_appeal_and_its_decision_are_audited(
    citizen: Callable[..., Client], other: Client, entry: Any, world: Any
) -> None:
    made = citizen().post(f"/v1/moderation/entries/{entry['id']}/appeal", WHY).body

    other.put(f"/v1/appeals/{made['id']}/decision", {"outcome": "overturned", "reason": "She is right."})

    done = [(row.action, row.by) for row in world.rows(audit)]
    assert ("appeal overturned", "mona") in done and ("contribution restored", "mona") in done
