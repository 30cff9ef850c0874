"""What is reported often is held, by no person and not for good."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from chassis.testing.client import Client, assert_problem
from engagement.processes import tools
from engagement.rulebook import store as rulebook
from engagement.rulebook.model import Rules
from engagement.tables import moderation, moderation_case


@pytest.fixture
def place(world: Any) -> Any:
    """A process with a proposal and a comment on it, both Ana's."""
    process = world.process()
    ana = world.participant(process, "ana")
    proposal = world.proposal(process, ana)
    return process, proposal, world.comment(proposal, ana)


def report(citizen: Callable[..., Client], about: Any, *people: str, kind: str = "proposal") -> None:
    for person in people:
        body = {"subject": {"kind": kind, "id": str(about.id)}, "reason": "off_topic"}
        assert citizen(person).post("/v1/reports", body).status == 201


def test_three_distinct_reporters_hold_a_proposal(
    citizen: Callable[..., Client], public: Client, place: Any, world: Any
) -> None:
    seen = []

    for person in ("ben", "eve", "kim"):
        report(citizen, place[1], person)
        seen.append(public.get(f"/v1/proposals/{place[1].id}").status)

    assert seen == [200, 200, 404]
    (entry,) = world.rows(moderation)
    assert (entry.action, entry.rule, entry.by) == ("hold", "off_topic", "")
    (case,) = world.rows(moderation_case)
    assert (case.held_at is not None, case.settled_at) == (True, None)


def test_a_comment_is_held_alike(citizen: Callable[..., Client], moderator: Client, place: Any, public: Client) -> None:
    report(citizen, place[2], "ben", "eve", "kim", kind="comment")

    (shown,) = public.get(f"/v1/proposals/{place[1].id}/comments").body["items"]
    (waiting,) = moderator.get(f"/v1/processes/{place[0].id}/reports").body["items"]

    assert (shown["state"], shown["body"]) == ("hidden", None)
    assert waiting["heldAt"] and waiting["reports"] == 3


@pytest.mark.parametrize(("threshold", "status"), [(1, 404), (2, 200), (0, 200)])
def test_a_process_sets_how_many_reporters_hold(
    app: Any, citizen: Callable[..., Client], public: Client, place: Any, threshold: int, status: int
) -> None:
    with app.runtime.transaction() as tx:
        rulebook.save(tx, place[0].id, Rules(hold_after_reports=threshold, version=1))

    report(citizen, place[1], "ben")

    assert public.get(f"/v1/proposals/{place[1].id}").status == status


def test_what_is_kept_is_public_again_and_waits_no_more(
    citizen: Callable[..., Client], moderator: Client, public: Client, place: Any
) -> None:
    report(citizen, place[1], "ben", "eve", "kim")
    act = _act(place[1])

    kept = moderator.post("/v1/moderation/keepings", act)

    assert (kept.status, kept.body["action"]) == (201, "keep")
    assert public.get(f"/v1/proposals/{place[1].id}").body["hiddenReason"] is None
    assert moderator.get(f"/v1/processes/{place[0].id}/reports").body["items"] == []
    assert_problem(moderator.post("/v1/moderation/keepings", act), 409, "nothing-waits")


def test_what_was_kept_is_held_again_by_three_others(
    citizen: Callable[..., Client], moderator: Client, public: Client, place: Any
) -> None:
    report(citizen, place[1], "ben", "eve")
    moderator.post("/v1/moderation/keepings", _act(place[1]))
    seen = []

    for person in ("kim", "lea", "mia"):
        report(citizen, place[1], person)
        seen.append(public.get(f"/v1/proposals/{place[1].id}").status)

    assert seen == [200, 200, 404]


def test_what_was_held_is_hidden_for_a_moderators_reason(
    citizen: Callable[..., Client], moderator: Client, official: Callable[..., Client], place: Any
) -> None:
    report(citizen, place[1], "ben", "eve", "kim")

    hidden = moderator.post("/v1/moderation/hidings", _act(place[1]))
    again = moderator.post("/v1/moderation/hidings", _act(place[1]))

    assert hidden.status == 201
    assert official().get(f"/v1/proposals/{place[1].id}").body["hiddenReason"] == "It is about another town."
    assert_problem(again, 409, "proposal-closed")


def test_the_queue_goes_by_harm_then_reports_then_age_and_in_pages(
    citizen: Callable[..., Client], moderator: Client, world: Any, clock: Any
) -> None:
    process = world.process()
    ideas = [world.proposal(process, number=number) for number in range(1, 6)]
    for person, idea, reason in (
        ("ben", 0, "spam"), ("ben", 1, "spam"), ("ben", 2, "illegal"), ("ben", 3, "offensive"), ("ben", 4, "spam"),
        ("eve", 4, "duplicate"),
    ):  # fmt: skip
        body = {"subject": {"kind": "proposal", "id": str(ideas[idea].id)}, "reason": reason}
        citizen(person).post("/v1/reports", body)
        clock.move(minutes=1)
    its, seen, cursor = f"/v1/processes/{process.id}/reports?limit=2", [], ""

    while cursor is not None:
        body = moderator.get(f"{its}{cursor and f'&cursor={cursor}'}").body
        seen += [each["subject"]["id"] for each in body["items"]]
        cursor = body["next"]

    assert seen == [str(ideas[place].id) for place in (2, 3, 4, 0, 1)]


@pytest.mark.parametrize("cursor", ["x", "W10", "WzEsMiwzXQ"])
def test_a_strange_cursor_is_refused(moderator: Client, place: Any, cursor: str) -> None:
    assert_problem(moderator.get(f"/v1/processes/{place[0].id}/reports?cursor={cursor}"), 400, "bad-cursor")


def test_every_kind_that_moderators_reach_can_be_held(make: ModuleType) -> None:
    reached = [each for each in tools.all_taken() if each.moderated is not None]

    assert {"proposal", "comment"} <= {each.kind for each in reached}
    for each in reached:
        assert {"id", "process_id", "participant_id", "channel", "at"} <= set(each.ledger.selected_columns.keys())


def _act(about: Any) -> dict[str, Any]:
    subject = {"kind": "proposal", "id": str(about.id)}
    return {"subject": subject, "rule": "off_topic", "reason": "It is about another town."}
