"""Drafts, edits, withdrawals, and texts that stay readable."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.proposals.model import State
from engagement.tables import process_counts, proposal

TREES = {"title": {"en": "Trees along the river"}, "summary": {"en": "Plant ten trees."}}
MORE = {"title": {"en": "Trees along the river"}, "summary": {"en": "Plant twelve trees."}}


@pytest.fixture
def place(world: Any) -> Any:
    """An open process in which two people take part."""
    process = world.process()
    return process, world.participant(process, "ana"), world.participant(process, "ben")


@pytest.fixture
def its(citizen: Callable[..., Client], place: Any) -> str:
    """Ana's proposal, just published."""
    submitted = citizen("ana").post(f"/v1/processes/{place[0].id}/proposals", TREES).body
    return f"/v1/proposals/{submitted['id']}"


def test_a_public_text_is_edited_and_the_former_stays_readable(
    citizen: Callable[..., Client], public: Client, its: str, clock: FixedClock, world: Any
) -> None:
    clock.move(minutes=29)

    edited = citizen("ana").put(its, MORE)

    assert edited.status == 200 and "receipt" not in edited.body
    shown = public.get(its).body
    assert shown["summary"] == MORE["summary"]
    assert (shown["textNumber"], shown["editedAt"]) == (2, shown["editedAt"])
    versions = public.get(f"{its}/versions").body["items"]
    assert [(each["number"], each["cause"]) for each in versions] == [(1, "submitted"), (2, "edited")]
    (change,) = public.get(f"{its}/versions/2/changes").body["changes"]
    assert (change["field"], change["language"]) == ("summary", "en")
    assert [(each["op"], each["text"]) for each in change["pieces"]] == [
        ("equal", "Plant "),
        ("delete", "ten"),
        ("insert", "twelve"),
        ("equal", " trees."),
    ]
    assert_problem(public.get(f"{its}/versions/3/changes"), 404, "not-found")
    assert len(world.events("engagement.proposal-edited.v1")) == 1


def test_a_text_that_never_changed_is_its_only_version(public: Client, its: str) -> None:
    versions = public.get(f"{its}/versions").body["items"]

    assert [(each["number"], each["cause"], each["title"]) for each in versions] == [(1, "submitted", TREES["title"])]


@pytest.mark.parametrize("by", ["time", "support", "comment"])
def test_the_time_to_edit_ends(
    citizen: Callable[..., Client], place: Any, its: str, clock: FixedClock, by: str
) -> None:
    if by == "time":
        clock.move(minutes=30)
    elif by == "support":
        citizen("ben").post(f"{its}/endorsements")
    else:
        citizen("ben").post(f"{its}/comments", {"body": {"en": "Which trees?"}})

    assert_problem(citizen("ana").put(its, MORE), 409, "already-submitted")
    assert citizen("ana").get(its).body["summary"] == TREES["summary"]


def test_an_edit_that_breaks_a_limit_changes_nothing(citizen: Callable[..., Client], its: str) -> None:
    assert_problem(citizen("ana").put(its, {"title": {"en": "short"}}), 400, "outside-limits")
    assert citizen("ana").get(its).body["textNumber"] == 1


def test_a_withdrawn_proposal_keeps_its_title_and_counts(
    citizen: Callable[..., Client], public: Client, place: Any, its: str, settle: Callable[[], None], world: Any
) -> None:
    citizen("ben").post(f"{its}/endorsements")
    assert_problem(citizen("ben").post(f"{its}/withdrawal"), 403, "not-your-text")

    assert citizen("ana").post(f"{its}/withdrawal").body["state"] == "withdrawn"
    settle()

    shown = public.get(its).body
    assert (shown["title"], shown["endorsements"], shown["state"]) == (TREES["title"], 1, "withdrawn")
    assert shown["author"] is None and "summary" not in shown
    assert citizen("ana").get(its).body["summary"] == TREES["summary"]
    assert public.get(f"/v1/processes/{place[0].id}/proposals").body["items"] == []
    assert [row.proposals for row in world.rows(process_counts)] == [0]
    assert_problem(citizen("ben").post(f"{its}/comments", {"body": {"en": "Why?"}}), 409, "proposal-closed")
    assert_problem(citizen("ana").post(f"{its}/withdrawal"), 409, "proposal-closed")
    assert_problem(public.get(f"{its}/versions"), 404, "not-found")


def test_a_draft_is_discarded_for_ever_and_nothing_else_is(
    citizen: Callable[..., Client], place: Any, its: str, world: Any
) -> None:
    ana, address = citizen("ana"), f"/v1/processes/{place[0].id}/proposals"
    draft = ana.post(address, TREES | {"draft": True}).body["id"]

    assert_problem(citizen("ben").delete(f"/v1/proposals/{draft}"), 404, "not-found")
    assert ana.delete(f"/v1/proposals/{draft}").status == 204

    assert_problem(ana.get(f"/v1/proposals/{draft}"), 404, "not-found")
    assert_problem(ana.delete(its), 409, "already-submitted")
    assert [row.state for row in world.rows(proposal)] == [State.PUBLISHED]


def test_my_ideas_are_mine_in_every_state_and_a_page_costs_the_same(
    citizen: Callable[..., Client], place: Any, world: Any, statements: Any
) -> None:
    process, ana, ben = place
    for number, state in enumerate((State.PUBLISHED, State.WITHDRAWN, State.HIDDEN), 1):
        world.proposal(process, ana, number=number, state=state)
    world.draft(process, ana)
    world.proposal(process, ben, number=9)
    world.proposal(world.process(), number=1)
    address = f"/v1/processes/{process.id}/proposals/mine"

    with statements() as few:
        first = citizen("ana").get(f"{address}?limit=2").body
    with statements() as all_of_them:
        whole = citizen("ana").get(address).body

    assert sorted(each["state"] for each in whole["items"]) == ["draft", "hidden", "published", "withdrawn"]
    second = citizen("ana").get(f"{address}?limit=2&cursor={first['next']}").body
    assert [each["id"] for each in [*first["items"], *second["items"]]] == [each["id"] for each in whole["items"]]
    assert second["next"] is None
    assert len(few) == len(all_of_them)
    assert citizen("eve").get(address).body["items"] == []


def test_a_proposal_says_where_it_is_and_what_it_costs(citizen: Callable[..., Client], place: Any) -> None:
    more = {
        "place": {"name": "River bank", "latitude": 41.4, "longitude": 2.15},
        "cost": {"amount": 12000, "currency": "EUR", "estimatedBy": "Gardeners' association"},
    }

    submitted = citizen("ana").post(f"/v1/processes/{place[0].id}/proposals", TREES | more).body

    shown = citizen("ben").get(f"/v1/proposals/{submitted['id']}").body
    assert {name: shown[name] for name in more} == more


@pytest.mark.parametrize(
    ("shown_as", "author"),
    [({"display": "anonymous"}, None), ({"display": "pseudonym", "pseudonym": "Heron"}, "Heron"), ({}, "Ana")],
)
def test_an_author_chooses_the_name_that_is_shown(
    citizen: Callable[..., Client], public: Client, place: Any, shown_as: dict[str, str], author: str | None, world: Any
) -> None:
    body = TREES | shown_as | {"draft": True}
    draft = citizen("ana").post(f"/v1/processes/{place[0].id}/proposals", body).body["id"]
    citizen("ana").put(f"/v1/proposals/{draft}", TREES | shown_as)

    (shown,) = public.get(f"/v1/processes/{place[0].id}/proposals").body["items"]

    assert shown["author"] == author
    assert citizen("ana").get(f"/v1/proposals/{draft}").body["mine"] is True
    (row,) = world.rows(proposal)
    assert row.pseudonym is None or b"Heron" not in row.pseudonym
