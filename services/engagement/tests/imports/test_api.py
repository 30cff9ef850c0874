"""Imports keep what breaks a limit, and list each exception."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis import ids
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.comments.model import State
from engagement.tables import audit, comment, proposal

OLD = {"content": {"title": {"en": "Old"}, "body": {"en": "x" * 5001}}}


@pytest.fixture
def place(world: Any) -> Any:
    process = world.process(categories=[{"code": "parks", "name": {"en": "Parks"}}])
    return process, world.participant(process, "ana")


def test_a_proposal_that_breaks_limits_is_kept_and_each_is_listed(
    official: Callable[..., Client], public: Client, place: Any, world: Any
) -> None:
    its = f"/v1/processes/{place[0].id}"

    reply = official().post(f"{its}/imports/proposals", OLD | {"participantId": str(place[1].id)})

    assert reply.status == 201
    broken = {each["limit"]: (each["allowed"], each["actual"]) for each in reply.body["exceptions"]}
    assert broken == {"titleMin": (10, 3), "bodyMax": (5000, 5001), "category": (1, 0)}
    shown = public.get(f"/v1/proposals/{reply.body['contribution']['id']}").body
    assert (shown["author"], shown["channel"], shown["state"]) == ("Ana", "import", "published")
    assert public.get(f"{its}/figures").body["exceptions"] == 1
    assert len(world.events("engagement.proposal-published.v1")) == 1
    assert world.rows(audit)[0].action == "proposal imported"
    assert public.get(f"/v1/receipts/{reply.body['contribution']['receipt']['code']}").body["status"] == "counted"


@pytest.mark.parametrize(
    ("said", "kept"), [(None, "import"), ("web", "import"), ("meeting", "meeting"), ("paper", "paper"), ("sms", "sms")]
)
def test_the_channel_is_import_unless_the_content_says_another(
    official: Callable[..., Client], place: Any, said: str | None, kept: str
) -> None:
    content = {"title": {"en": "Trees along the river"}, "category": "parks"} | ({"channel": said} if said else {})

    reply = official().post(f"/v1/processes/{place[0].id}/imports/proposals", {"content": content})

    assert reply.body["contribution"]["channel"] == kept
    assert reply.body["exceptions"] == []


def test_a_comment_that_breaks_limits_is_kept(
    official: Callable[..., Client], public: Client, place: Any, world: Any
) -> None:
    process, ana = place
    parent = world.proposal(process)
    root = deep = world.comment(parent)
    for _ in range(3):
        deep = world.comment(parent, answers=deep)
    body = {"proposalId": str(parent.id), "parentId": str(deep.id), "body": {"en": "x" * 1500}}

    reply = official().post(f"/v1/processes/{process.id}/imports/comments", body | {"participantId": str(ana.id)})

    assert [each["limit"] for each in reply.body["exceptions"]] == ["commentMax", "commentDepth"]
    contribution = reply.body["contribution"]
    assert (contribution["depth"], contribution["author"], contribution["channel"]) == (4, "Ana", "import")
    assert public.get(f"/v1/comments/{root.id}/replies").body["items"][-1]["id"] == contribution["id"]


def test_exceptions_are_listed_oldest_first_and_page_by_page(
    official: Callable[..., Client], place: Any, world: Any, clock: FixedClock
) -> None:
    olga, its, seen = official(), f"/v1/processes/{place[0].id}/imports", []
    for _ in range(2):
        olga.post(f"{its}/proposals", OLD)
        clock.move(minutes=1)

    cursor: str | None = ""
    while cursor is not None:
        body = olga.get(f"{its}/exceptions?limit=4{cursor and f'&cursor={cursor}'}").body
        seen += body["items"]
        cursor = body["next"]

    assert len(seen) == 6
    assert len({(each["contributionId"], each["limit"]) for each in seen}) == 6
    assert len({each["contributionId"] for each in seen[:3]}) == 1
    other = world.process()
    assert olga.get(f"/v1/processes/{other.id}/imports/exceptions").body["items"] == []


def test_an_import_names_a_participant_of_its_process(official: Callable[..., Client], place: Any, world: Any) -> None:
    stranger = world.participant(world.process(), "ana")

    for unknown in (stranger.id, ids.new()):
        reply = official().post(f"/v1/processes/{place[0].id}/imports/proposals", OLD | {"participantId": str(unknown)})
        assert_problem(reply, 400, "unknown-participant")
    assert world.rows(proposal) == []


def test_a_comment_is_imported_into_its_own_process(official: Callable[..., Client], place: Any, world: Any) -> None:
    elsewhere = world.proposal(world.process())
    own, hidden = world.proposal(place[0], number=1), world.proposal(place[0], state="hidden", number=2)
    closed = world.comment(own, state=State.HIDDEN)
    its, olga = f"/v1/processes/{place[0].id}/imports/comments", official()
    said = {"body": {"en": "Hello"}}

    assert_problem(olga.post(its, said | {"proposalId": str(elsewhere.id)}), 404, "not-found")
    assert_problem(olga.post(its, said | {"proposalId": str(ids.new())}), 404, "not-found")
    assert_problem(olga.post(its, said | {"proposalId": str(hidden.id)}), 409, "proposal-closed")
    answer = said | {"proposalId": str(own.id), "parentId": str(closed.id)}
    assert_problem(olga.post(its, answer), 409, "comment-closed")
    root = world.comment(own)
    positioned = said | {"proposalId": str(own.id), "parentId": str(root.id), "position": "neutral"}
    assert_problem(olga.post(its, positioned), 400, "position-on-reply")


def test_nothing_is_imported_after_the_phase(
    official: Callable[..., Client], place: Any, world: Any, clock: FixedClock
) -> None:
    own = world.proposal(place[0])
    clock.move(days=2)

    its = f"/v1/processes/{place[0].id}/imports"
    assert_problem(official().post(f"{its}/proposals", OLD), 409, "phase-closed")
    said = {"proposalId": str(own.id), "body": {"en": "Late"}}
    assert_problem(official().post(f"{its}/comments", said), 409, "phase-closed")


def test_a_draft_is_not_imported(official: Callable[..., Client], place: Any) -> None:
    content = {"title": {"en": "Trees along the river"}, "draft": True}

    reply = official().post(f"/v1/processes/{place[0].id}/imports/proposals", {"content": content})

    assert_problem(reply, 400, "draft-imported")


def test_officials_alone_import(client: Callable[..., Client], place: Any, world: Any) -> None:
    own, its = world.proposal(place[0]), f"/v1/processes/{place[0].id}/imports"
    stranger = client(subject="eve", roles=["participant"], scopes=["engagement.enter"])
    said = {"proposalId": str(own.id), "body": {"en": "Hello"}}

    assert_problem(stranger.post(f"{its}/proposals", OLD), 403, "not-an-official")
    assert_problem(stranger.post(f"{its}/comments", said), 403, "not-an-official")
    assert_problem(stranger.get(f"{its}/exceptions"), 403, "not-an-official")
    application = client(scopes=["engagement.enter"])
    assert_problem(application.post(f"{its}/proposals", OLD), 403, "not-an-official")


def test_a_repeat_under_one_key_is_imported_once(official: Callable[..., Client], place: Any, world: Any) -> None:
    its, olga = f"/v1/processes/{place[0].id}/imports", official()
    said = {"proposalId": str(world.proposal(place[0], number=99).id), "body": {"en": "Hello"}}

    for address, body in (("proposals", OLD), ("comments", said)):
        first, second = (olga.post(f"{its}/{address}", body, Idempotency_Key=f"{address}-1") for _ in range(2))
        assert first.body == second.body

    assert (len(world.rows(proposal)), len(world.rows(comment))) == (2, 1)


@pytest.mark.parametrize("body", [b"{", {}, {"content": {}}, OLD | {"participantId": "x"}, OLD | {"reason": "y"}])
def test_a_malformed_import_is_refused(official: Callable[..., Client], place: Any, body: Any) -> None:
    assert_problem(official().post(f"/v1/processes/{place[0].id}/imports/proposals", body), 400, "invalid")
