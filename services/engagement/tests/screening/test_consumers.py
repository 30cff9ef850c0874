"""What is published is screened, whoever wrote it, and nobody waits for it."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.events import Event
from chassis.testing.client import Client
from engagement.app import SERVICE
from engagement.cases.model import Subject
from engagement.proposals.model import PROPOSAL
from engagement.rulebook import store as rulebook
from engagement.rulebook.model import Filter, Rules
from engagement.screening import actions
from engagement.tables import finding, moderation, moderation_case, sketch

SPAM = "Win a prize at http://a.example http://b.example http://c.example http://d.example"


@pytest.fixture
def place(world: Any) -> Any:
    """A process that Ana has joined."""
    process = world.process()
    world.participant(process, "ana")
    return process


def test_a_finding_waits_for_a_moderator_and_stays_public(
    citizen: Callable[..., Client], moderator: Client, public: Client, place: Any, settle: Callable[[], None]
) -> None:
    body = {"title": {"en": "Trees along the river"}, "body": {"en": SPAM}}
    made = citizen().post(f"/v1/processes/{place.id}/proposals", body).body

    settle()

    (case,) = moderator.get(f"/v1/processes/{place.id}/reports").body["items"]
    assert (case["findings"], case["reports"], case["reasons"], case["heldAt"]) == (["links"], 0, [], None)
    assert public.get(f"/v1/proposals/{made['id']}").status == 200


def test_a_filter_that_holds_takes_it_out_of_sight_and_a_moderator_keeps_it(
    app: Any,
    citizen: Callable[..., Client],
    moderator: Client,
    public: Client,
    place: Any,
    settle: Callable[[], None],
    world: Any,
) -> None:
    with app.runtime.transaction() as tx:
        rulebook.save(tx, place.id, Rules(holds=(Filter.LINKS,), version=1))
    proposal = world.proposal(place)
    comment = citizen().post(f"/v1/proposals/{proposal.id}/comments", {"body": {"en": SPAM}}).body

    settle()
    (held,) = public.get(f"/v1/proposals/{proposal.id}/comments").body["items"]
    act = {"subject": {"kind": "comment", "id": comment["id"]}, "rule": "spam", "reason": "The links are useful."}
    moderator.post("/v1/moderation/keepings", act)
    (kept,) = public.get(f"/v1/proposals/{proposal.id}/comments").body["items"]

    assert (held["state"], kept["state"]) == ("hidden", "visible")
    assert [(row.action, row.by) for row in world.rows(moderation)] == [("hold", ""), ("keep", "mira")]
    assert [row.settled_at is not None for row in world.rows(finding)] == [True]


def test_the_third_text_alike_strikes(
    citizen: Callable[..., Client], place: Any, settle: Callable[[], None], world: Any
) -> None:
    proposal = world.proposal(place)
    for ending in (".", "!", " !!!"):
        said = {"body": {"en": f"Sign my petition for the bridge at the old mill{ending}"}}
        citizen().post(f"/v1/proposals/{proposal.id}/comments", said)

    settle()

    assert [row.filter for row in world.rows(finding)] == ["repeats"]
    assert len({row.contribution_id for row in world.rows(sketch)}) == 3


def test_what_was_heard_twice_is_found_once(
    app: Any, citizen: Callable[..., Client], place: Any, world: Any, make: Any
) -> None:

    citizen().post(
        f"/v1/processes/{place.id}/proposals", {"title": {"en": "Trees along the river"}, "body": {"en": SPAM}}
    )
    (told,) = world.events("engagement.proposal-published.v1")

    for _ in range(2):
        with app.runtime.transaction() as tx:
            SERVICE.subscriptions[told.type](tx, Event(told.type, told.key, make.NOON, told.data))

    assert (len(world.rows(finding)), len(world.rows(moderation_case))) == (1, 1)


def test_what_was_brought_from_elsewhere_or_is_hidden_is_not_screened(
    app: Any, world: Any, place: Any, make: Any
) -> None:

    content = make.content(body={"en": SPAM})
    imported = world.proposal(place, number=1, channel="import", content=content)
    hidden = world.proposal(place, number=2, state="hidden", status="hidden", content=content)

    for each in (imported, hidden):
        with app.runtime.transaction() as tx:
            actions.screen(tx, Subject(PROPOSAL, each.id), at=make.NOON)

    assert world.rows(finding) == world.rows(sketch) == []
