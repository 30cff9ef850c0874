"""Reports, hidings and restorations, and the public log of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest

from chassis import ids
from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.actors import Actor
from engagement.cases.model import Subject
from engagement.contributions import Status
from engagement.moderation import actions
from engagement.moderation.model import AlreadyReported
from engagement.proposals.model import PROPOSAL, Verification
from engagement.rulebook.model import Rule
from engagement.tables import audit, report

REASON = "It advertises a shop."


@pytest.fixture
def place(world: Any) -> Any:
    """A process with a proposal and a comment on it, both Ana's."""
    process = world.process()
    ana = world.participant(process, "ana")
    proposal = world.proposal(process, ana)
    return process, proposal, world.comment(proposal, ana, position="against")


def test_a_person_reports_once(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    body = {"subject": _subject("proposal", place[1]), "reason": "spam", "note": "See the link."}

    assert citizen("ben").post("/v1/reports", body).body["reports"] == 1
    assert citizen("eve").post("/v1/reports", body).body["reports"] == 2
    assert_problem(citizen("ben").post("/v1/reports", body | {"reason": "illegal"}), 409, "already-reported")
    world.participant(place[0], "ben")
    assert_problem(citizen("ben").post("/v1/reports", body), 409, "already-reported")


def test_a_person_who_reports_from_many_windows_reports_once(
    app: App, place: Any, make: ModuleType, world: Any
) -> None:
    def tell(_: int) -> bool:
        try:
            with app.runtime.transaction() as tx:
                subject, by = Subject(PROPOSAL, place[1].id), Actor("ben", frozenset())
                actions.report(tx, subject, Rule.SPAM, None, by=by, at=make.NOON)
        except AlreadyReported:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(tell, range(20))).count(True) == 1
    assert len(world.rows(report)) == 1


def test_the_queue_shows_what_is_most_reported_first(
    citizen: Callable[..., Client], moderator: Client, place: Any, world: Any
) -> None:
    other = world.proposal(world.process())
    for person, kind, about, reason in (
        ("ben", "comment", place[2], "spam"),
        ("ben", "proposal", place[1], "spam"),
        ("eve", "proposal", place[1], "off_topic"),
        ("eve", "proposal", other, "illegal"),
    ):
        citizen(person).post("/v1/reports", {"subject": _subject(kind, about), "reason": reason})

    queue = moderator.get(f"/v1/processes/{place[0].id}/reports").body["items"]

    assert [(each["subject"]["kind"], each["reports"], each["reasons"]) for each in queue] == [
        ("proposal", 2, ["off_topic", "spam"]),
        ("comment", 1, ["spam"]),
    ]
    assert queue[0]["text"] == place[1].content.title


@pytest.mark.parametrize("kind", ["proposal", "comment"])
def test_what_is_hidden_leaves_every_list_figure_and_log_and_comes_back(
    moderator: Client,
    public: Client,
    citizen: Callable[..., Client],
    place: Any,
    world: Any,
    settle: Callable[[], None],
    kind: str,
) -> None:
    about = place[1] if kind == "proposal" else place[2]
    subject = _subject(kind, about)
    citizen("ben").post("/v1/reports", {"subject": subject, "reason": "spam"})
    act = {"subject": subject, "rule": "spam", "reason": REASON}
    figure = {"proposal": "proposals", "comment": "comments"}[kind]

    hidden = moderator.post("/v1/moderation/hidings", act)
    settle()

    assert hidden.status == 201
    its = f"/v1/processes/{place[0].id}"
    assert public.get(f"{its}/figures").body[figure] == 0
    assert moderator.get(f"{its}/reports").body["items"] == []
    secret = about.content.title["en"] if kind == "proposal" else about.body["en"]
    pages = (f"{its}/proposals", f"{its}/moderation-log", f"/v1/proposals/{place[1].id}/comments")
    assert not any(secret in str(public.get(page).body) for page in pages)
    (told,) = world.events("engagement.contribution-hidden.v1")
    assert (told.key, told.data.get("position")) == (str(place[1].id), None if kind == "proposal" else "against")

    restored = moderator.post("/v1/moderation/restorations", act | {"reason": "It does not."})
    settle()

    assert restored.body["action"] == "restore"
    assert public.get(f"{its}/figures").body[figure] == 1
    log = public.get(f"{its}/moderation-log").body["items"]
    assert {each["action"] for each in log} == {"hide", "restore"}
    shown = {"id", "subject", "action", "rule", "reason", "at", "number", "digest", "appeal"}
    assert all(set(each) == shown for each in log)
    assert {row.action for row in world.rows(audit)} == {"contribution hidden", "contribution restored"}
    assert {row.reason for row in world.rows(audit)} == {REASON, "It does not."}


def test_a_moderator_acts_once(moderator: Client, place: Any, world: Any) -> None:
    for kind, about, slug in (("proposal", place[1], "proposal-closed"), ("comment", place[2], "comment-closed")):
        act = {"subject": _subject(kind, about), "rule": "spam", "reason": REASON}
        assert_problem(moderator.post("/v1/moderation/restorations", act), 409, slug)
        assert moderator.post("/v1/moderation/hidings", act).status == 201
        assert_problem(moderator.post("/v1/moderation/hidings", act), 409, slug)

    assert len(world.events("engagement.contribution-hidden.v1")) == 2


def test_what_was_invalid_leaves_and_enters_no_count(
    moderator: Client, public: Client, world: Any, settle: Callable[[], None]
) -> None:
    process = world.process()
    invalid = world.proposal(process, verification=Verification.INVALID, status=Status.INVALIDATED)
    act = {"subject": _subject("proposal", invalid), "rule": "spam", "reason": REASON}

    moderator.post("/v1/moderation/hidings", act)
    moderator.post("/v1/moderation/restorations", act)
    settle()

    assert public.get(f"/v1/processes/{process.id}").body["counts"]["proposals"] == 0
    assert public.get(f"/v1/processes/{process.id}/figures").body["proposals"] == 0


def test_the_log_is_read_page_by_page_newest_first(
    moderator: Client, public: Client, place: Any, world: Any, clock: FixedClock
) -> None:
    act = {"subject": _subject("proposal", place[1]), "rule": "spam", "reason": REASON}
    for _ in range(3):
        moderator.post("/v1/moderation/hidings", act)
        moderator.post("/v1/moderation/restorations", act)
        clock.move(minutes=1)
    elsewhere = world.proposal(world.process())
    moderator.post("/v1/moderation/hidings", act | {"subject": _subject("proposal", elsewhere)})
    its, seen, cursor = f"/v1/processes/{place[0].id}/moderation-log?limit=4", [], ""

    while cursor is not None:
        body = public.get(f"{its}{cursor and f'&cursor={cursor}'}").body
        seen += body["items"]
        cursor = body["next"]

    assert len({each["id"] for each in seen}) == len(seen) == 6
    assert [each["at"] for each in seen] == sorted((each["at"] for each in seen), reverse=True)


def test_what_is_not_public_is_not_reported(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    hidden = world.proposal(place[0], number=2, state="hidden", status="hidden")
    under_hidden = world.comment(hidden)
    hidden_comment = world.comment(place[1], state="hidden", status="hidden")

    for kind, about in (("proposal", hidden), ("comment", under_hidden), ("comment", hidden_comment)):
        body = {"subject": _subject(kind, about), "reason": "spam"}
        assert_problem(citizen("ben").post("/v1/reports", body), 404, "not-found")
    for kind in ("proposal", "comment"):
        unknown = {"subject": {"kind": kind, "id": str(ids.new())}, "reason": "spam"}
        assert_problem(citizen("ben").post("/v1/reports", unknown), 404, "not-found")


def test_moderators_alone_moderate(client: Callable[..., Client], citizen: Callable[..., Client], place: Any) -> None:
    act = {"subject": _subject("proposal", place[1]), "rule": "spam", "reason": REASON}
    official = client(subject="olga", roles=["official"], scopes=["engagement.moderate"])

    for address in ("hidings", "restorations"):
        assert_problem(citizen().post(f"/v1/moderation/{address}", act), 403, "missing-scope")
        assert_problem(official.post(f"/v1/moderation/{address}", act), 403, "not-a-moderator")
    assert_problem(official.get(f"/v1/processes/{place[0].id}/reports"), 403, "not-a-moderator")


@pytest.mark.parametrize(
    "change", [{"reason": "no"}, {"rule": "boring"}, {"subject": {"kind": "endorsement"}}, {"by": 1}]
)
def test_a_malformed_act_is_refused(moderator: Client, place: Any, change: dict[str, Any]) -> None:
    act = {"subject": _subject("proposal", place[1]), "rule": "spam", "reason": REASON}

    assert_problem(moderator.post("/v1/moderation/hidings", act | change), 400, "invalid")


def test_unknown_things_are_not_found(moderator: Client) -> None:
    for kind in ("proposal", "comment"):
        act = {"subject": {"kind": kind, "id": str(ids.new())}, "rule": "spam", "reason": REASON}
        assert_problem(moderator.post("/v1/moderation/hidings", act), 404, "not-found")
        assert_problem(moderator.post("/v1/moderation/restorations", act), 404, "not-found")
    assert_problem(moderator.get(f"/v1/processes/{ids.new()}/reports"), 404, "not-found")


def test_the_queue_costs_the_same_however_long_it_is(
    citizen: Callable[..., Client], moderator: Client, place: Any, world: Any, statements: Any
) -> None:
    costs = []
    for number in (10, 20):
        for each in range(3):
            about = world.comment(world.proposal(place[0], number=number + each))
            citizen("ben").post("/v1/reports", {"subject": _subject("comment", about), "reason": "spam"})
        with statements() as said:
            moderator.get(f"/v1/processes/{place[0].id}/reports")
        costs.append(len(said))

    assert costs[0] == costs[1] <= 6


def _subject(kind: str, about: Any) -> dict[str, str]:
    return {"kind": kind, "id": str(about.id)}
