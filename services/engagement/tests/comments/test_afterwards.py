"""What can happen to a comment after it was posted: other words, removal, favour, an official answer above it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.comments import store as comments
from engagement.comments.model import State
from engagement.contributions import Status
from engagement.tables import comment, comment_favour, proposal_counts

HELLO = {"body": {"en": "A good start."}}
OTHER = {"body": {"en": "A good start, I think."}}


@pytest.fixture
def place(world: Any) -> Any:
    """A proposal of ana's, and ben who takes part."""
    process = world.process()
    ana, ben = world.participant(process, "ana"), world.participant(process, "ben")
    return world.proposal(process, ana), ana, ben


@pytest.fixture
def its(place: Any) -> str:
    return f"/v1/proposals/{place[0].id}/comments"


def test_a_comment_is_edited_for_a_while_and_marked(
    citizen: Callable[..., Client], public: Client, its: str, clock: FixedClock, world: Any
) -> None:
    posted = citizen("ben").post(its, HELLO).body["id"]
    clock.move(minutes=14)

    assert citizen("ben").put(f"/v1/comments/{posted}", OTHER).body["editedAt"]

    (shown,) = public.get(its).body["items"]
    assert (shown["body"], bool(shown["editedAt"])) == (OTHER["body"], True)
    (row,) = world.rows(comment)
    assert row.original == HELLO["body"]
    assert_problem(citizen("ana").put(f"/v1/comments/{posted}", HELLO), 403, "not-your-text")
    assert_problem(citizen("ben").put(f"/v1/comments/{posted}", {"body": {"en": "x" * 1001}}), 400, "outside-limits")
    clock.move(minutes=1)
    assert_problem(citizen("ben").put(f"/v1/comments/{posted}", HELLO), 409, "comment-stands")
    assert len(world.events("engagement.comment-edited.v1")) == 1


def test_a_removed_comment_keeps_its_place_and_counts_no_more(
    citizen: Callable[..., Client],
    public: Client,
    moderator: Client,
    its: str,
    settle: Callable[[], None],
    world: Any,
) -> None:
    root = citizen("ben").post(its, HELLO | {"position": "against"}).body
    citizen("ana").post(its, OTHER | {"parentId": root["id"]})
    assert_problem(citizen("ana").delete(f"/v1/comments/{root['id']}"), 403, "not-your-text")

    assert citizen("ben").delete(f"/v1/comments/{root['id']}").status == 204
    settle()

    for reader in (public, moderator, citizen("ben")):
        (shown,) = reader.get(its).body["items"]
        assert (shown["state"], shown["body"], shown["author"]) == ("removed", None, None)
        assert [each["body"] for each in shown["replies"]] == [OTHER["body"]]
    (counted,) = world.rows(proposal_counts)
    assert (counted.comments, counted.against, counted.without_position) == (1, 0, 1)
    assert public.get(f"/v1/receipts/{root['receipt']['code']}").body["status"] == "withdrawn"
    for again in ("delete", "put"):
        call = getattr(citizen("ben"), again)
        reply = call(f"/v1/comments/{root['id']}", *([OTHER] if again == "put" else []))
        assert_problem(reply, 409, "comment-closed")
    assert_problem(citizen("ana").post(its, OTHER | {"parentId": root["id"]}), 409, "comment-closed")
    hiding = {"subject": {"kind": "comment", "id": root["id"]}, "rule": "spam", "reason": "It is spam, clearly."}
    assert moderator.post("/v1/moderation/hidings", hiding).status in (404, 409)


def test_what_readers_find_helpful_comes_first(
    citizen: Callable[..., Client], public: Client, its: str, place: Any, world: Any, make: Any
) -> None:
    posted = [world.comment(place[0], place[1], at=make.NOON + timedelta(minutes=n)) for n in range(3)]
    middle = f"/v1/comments/{posted[1].id}"
    ben = citizen("ben")

    assert [ben.put(f"{middle}/helpful").status for _ in range(2)] == [204, 204]
    citizen("ana").put(f"/v1/comments/{posted[0].id}/helpful")
    citizen("ana").put(f"{middle}/helpful")

    items = ben.get(f"{its}?order=best").body["items"]
    assert [each["id"] for each in items] == [str(posted[n].id) for n in (1, 0, 2)]
    assert [(each["helpful"], each["helpfulToMe"]) for each in items] == [(2, True), (1, False), (0, False)]
    assert [ben.delete(f"{middle}/helpful").status for _ in range(2)] == [204, 204]
    assert len(world.rows(comment_favour)) == 2
    assert public.get(f"{its}?order=best").body["items"][0]["helpful"] == 1
    assert_problem(citizen("eve").put(f"{middle}/helpful"), 403, "not-a-participant")


def test_most_answered_and_newest_are_orders_too(
    citizen: Callable[..., Client], public: Client, its: str, place: Any, world: Any, make: Any
) -> None:
    first = citizen("ben").post(its, HELLO).body["id"]
    citizen("ana").post(its, HELLO | {"parentId": first})
    later = str(world.comment(place[0], place[1], at=make.NOON + make.HOUR).id)

    assert [each["id"] for each in public.get(f"{its}?order=most_answered").body["items"]] == [first, later]
    assert [each["id"] for each in public.get(f"{its}?order=newest").body["items"]] == [later, first]


def test_an_official_answer_is_pinned_with_its_office(
    citizen: Callable[..., Client],
    official: Callable[..., Client],
    public: Client,
    its: str,
    clock: FixedClock,
    settle: Callable[[], None],
) -> None:
    citizen("ben").post(its, HELLO | {"kind": "question"})
    clock.move(days=3)
    answer = {"body": {"en": "We plant them in autumn."}, "kind": "official_answer", "office": "Office of parks"}

    assert official().post(its, answer).status == 201

    page = public.get(f"{its}?order=best").body
    (pinned,) = page["pinned"]
    assert (pinned["kind"], pinned["office"], pinned["author"]) == ("official_answer", "Office of parks", None)
    assert [each["kind"] for each in page["items"]] == ["question"]
    assert_problem(citizen("ben").post(its, answer), 403, "not-an-official")
    assert_problem(official().post(its, HELLO), 403, "not-a-participant")


def test_a_conversation_tells_its_root(public: Client, place: Any, world: Any) -> None:
    root = world.comment(place[0], place[1])
    world.comment(place[0], place[2], answers=root)

    found = public.get(f"/v1/comments/{root.id}/replies").body

    assert found["root"]["id"] == str(root.id)
    assert len(found["items"]) == 1


def test_five_thousand_comments_cost_as_many_statements_as_five(
    app: App, public: Client, its: str, place: Any, world: Any, make: Any, statements: Any
) -> None:
    costs = []
    for number in (6, 5001):
        with app.runtime.transaction() as tx:
            root = None
            for each in range(number):
                at = make.NOON + timedelta(seconds=each)
                made = make.comment(place[0], place[1], root if each % 3 else None, at=at)
                root = root if each % 3 else made
                comments.add(tx, made)
        with statements() as said:
            page = public.get(f"{its}?order=best").body
        costs.append(len(said))

    assert len(page["items"]) == 20
    assert all(len(each["replies"]) == 2 for each in page["items"])
    assert costs[0] == costs[1] <= 12


def test_states_and_statuses_go_together(make: Any, place: Any) -> None:
    removed = make.comment(place[0], place[1]).removed()

    assert (removed.state, removed.status) == (State.REMOVED, Status.WITHDRAWN)
