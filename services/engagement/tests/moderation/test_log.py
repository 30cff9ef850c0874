"""The log: chained, public, with labels and numbers by month."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest

from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.cases.model import Subject
from engagement.moderation import actions
from engagement.moderation.model import Entry, Grounds
from engagement.proposals.model import PROPOSAL
from engagement.rulebook.model import Rule
from engagement.tables import moderation

REASON = "It advertises a shop."
CONTEXT = {"words": {"en": "The survey of 2025 says otherwise."}, "source": "https://example.org/survey"}


@pytest.fixture
def place(world: Any) -> Any:
    """A process with a proposal, Ana's."""
    process = world.process()
    return process, world.proposal(process, world.participant(process, "ana"))


def test_each_entry_is_chained_to_the_one_before(moderator: Client, public: Client, place: Any) -> None:
    act = _act(place[1])
    for address in ("hidings", "restorations", "warnings"):
        assert moderator.post(f"/v1/moderation/{address}", act).status == 201

    log = public.get(f"/v1/processes/{place[0].id}/moderation-log").body["items"]

    assert [(each["number"], each["action"]) for each in log] == [(3, "warn"), (2, "restore"), (1, "hide")]
    assert len({each["digest"] for each in log}) == 3


def test_an_entry_that_was_altered_breaks_the_chain(moderator: Client, place: Any, world: Any) -> None:
    for address in ("hidings", "restorations"):
        moderator.post(f"/v1/moderation/{address}", _act(place[1]))
    first, second = sorted(world.rows(moderation), key=lambda row: row.number)

    def digest(row: Any, before: str, **changed: Any) -> str | None:
        said = {"action": row.action, "reason": row.reason} | changed
        subject = Subject(row.kind, row.contribution_id)
        entry = Entry(row.id, row.process_id, subject, said["action"], row.rule, said["reason"], row.by, row.at)
        return entry.chained(row.number, before).digest

    assert digest(first, "") == first.digest
    assert digest(second, first.digest) == second.digest
    assert digest(first, "", reason="Another reason.") != first.digest
    assert digest(second, digest(first, "", action="keep") or "") != second.digest


def test_moderators_who_act_at_once_stand_in_one_chain(app: App, world: Any, make: ModuleType) -> None:
    process = world.process()
    proposals = [world.proposal(process, number=number) for number in range(1, 9)]

    def act(proposal: Any) -> None:
        with app.runtime.transaction() as tx:
            subject, grounds = Subject(PROPOSAL, proposal.id), Grounds(Rule.SPAM, REASON)
            actions.hide(tx, subject, grounds, by=make.MODERATOR, at=make.NOON)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, proposals))

    assert sorted(row.number for row in world.rows(moderation)) == list(range(1, 9))


def test_context_stands_beside_a_contribution_until_it_is_taken_away(
    moderator: Client, public: Client, place: Any, world: Any
) -> None:
    its = f"/v1/processes/{place[0].id}/labels?contribution={place[1].id}"
    other = world.proposal(place[0], number=2)
    for about in (place[1], place[1], other):
        assert moderator.post("/v1/moderation/labels", _act(about) | CONTEXT).status == 201

    (label,) = public.get(its).body["items"]
    removed = moderator.post("/v1/moderation/label-removals", _act(place[1]))

    assert (label["words"], label["source"]) == (CONTEXT["words"], CONTEXT["source"])
    assert removed.status == 201
    assert public.get(its).body["items"] == []
    assert len(public.get(f"/v1/processes/{place[0].id}/labels").body["items"]) == 1
    assert_problem(moderator.post("/v1/moderation/label-removals", _act(place[1])), 409, "not-labelled")


@pytest.mark.parametrize("change", [{"source": "javascript:alert(1)"}, {"words": {}}, {"source": ""}])
def test_context_without_words_or_a_source_is_refused(moderator: Client, place: Any, change: dict[str, Any]) -> None:
    assert_problem(moderator.post("/v1/moderation/labels", _act(place[1]) | CONTEXT | change), 400, "invalid")


def test_labels_come_in_pages(moderator: Client, public: Client, place: Any, world: Any, clock: FixedClock) -> None:
    for number in range(2, 7):
        moderator.post("/v1/moderation/labels", _act(world.proposal(place[0], number=number)) | CONTEXT)
        clock.move(minutes=1)
    its, seen, cursor = f"/v1/processes/{place[0].id}/labels?limit=2", [], ""

    while cursor is not None:
        body = public.get(f"{its}{cursor and f'&cursor={cursor}'}").body
        seen += [each["id"] for each in body["items"]]
        cursor = body["next"]

    assert len(set(seen)) == len(seen) == 5


def test_acts_are_counted_by_month(
    moderator: Client, public: Client, place: Any, clock: FixedClock, world: Any
) -> None:
    moderator.post("/v1/moderation/hidings", _act(place[1]))
    clock.move(days=40)
    moderator.post("/v1/moderation/restorations", _act(place[1]))
    moderator.post("/v1/moderation/hidings", _act(place[1]))
    moderator.post("/v1/moderation/hidings", _act(world.proposal(world.process())))

    months = public.get(f"/v1/processes/{place[0].id}/moderation-counts").body["months"]

    assert [each["actions"] for each in months] == [{"restore": 1, "hide": 1}, {"hide": 1}]
    assert [each["month"] for each in months] == sorted((each["month"] for each in months), reverse=True)
    assert [(each["appeals"], each["overturned"]) for each in months] == [(0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("address", "told"), [("hidings", True), ("warnings", True), ("labels", True), ("keepings", False)]
)
def test_an_author_is_told_what_concerns_her(
    moderator: Client, citizen: Callable[..., Client], place: Any, world: Any, address: str, told: bool
) -> None:
    citizen("ben").post("/v1/reports", {"subject": _act(place[1])["subject"], "reason": "spam"})
    act = _act(place[1]) | (CONTEXT if address == "labels" else {})

    assert moderator.post(f"/v1/moderation/{address}", act).status == 201

    due = [row.data for row in world.events("engagement.moderation-notice-due.v1")]
    assert [(each["rule"], each["recipient"]) for each in due] == [("spam", "entry-ana")] * told


def test_nobody_is_told_of_what_a_meeting_brought(moderator: Client, place: Any, world: Any) -> None:
    moderator.post("/v1/moderation/hidings", _act(world.proposal(place[0], number=2)))

    assert world.events("engagement.moderation-notice-due.v1") == []


def _act(about: Any) -> dict[str, Any]:
    return {"subject": {"kind": "proposal", "id": str(about.id)}, "rule": "spam", "reason": REASON}
