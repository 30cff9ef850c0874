"""The door of comments."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from chassis import ids
from chassis.testing.client import Client, assert_problem
from engagement.comments.model import State
from engagement.contributions import Status
from engagement.processes.model import Limits
from engagement.tables import comment, process_log

HELLO = {"body": {"en": "Hello"}}


@pytest.fixture
def place(world: Any) -> Any:
    """A proposal of Ana's, in a process in which Ben takes part too."""
    process = world.process(limits=Limits(comment_depth=2, comment_max=20))
    ana, ben = world.participant(process, "ana"), world.participant(process, "ben")
    return world.proposal(process, ana), ana, ben


def test_a_comment_is_public_and_has_a_receipt(citizen: Callable[..., Client], public: Client, place: Any) -> None:
    its = f"/v1/proposals/{place[0].id}/comments"

    posted = citizen("ben").post(its, HELLO | {"position": "against"}).body

    (shown,) = public.get(its).body["items"]
    assert (shown["id"], shown["author"], shown["position"]) == (posted["id"], "Ben", "against")
    assert (shown["repliesTotal"], shown["replies"]) == (0, [])
    receipt = public.get(f"/v1/receipts/{posted['receipt']['code']}").body
    assert (receipt["kind"], receipt["status"]) == ("comment", "counted")


def test_the_author_and_the_answered_are_told(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    its = f"/v1/proposals/{place[0].id}/comments"
    root = citizen("ben").post(its, HELLO).body

    citizen("ana").post(its, HELLO | {"parentId": root["id"]})

    told = [(row.data["recipient"], row.data["parentRecipient"]) for row in world.events()]
    assert told == [("entry-ana", None), (None, "entry-ben")]


def test_answers_go_as_deep_as_the_process_says(citizen: Callable[..., Client], place: Any, public: Client) -> None:
    its, ben = f"/v1/proposals/{place[0].id}/comments", citizen("ben")
    parent = root = ben.post(its, HELLO).body

    for depth in (1, 2):
        parent = ben.post(its, HELLO | {"parentId": parent["id"]}).body
        assert (parent["depth"], parent["rootId"]) == (depth, root["id"])
    too_deep = ben.post(its, HELLO | {"parentId": parent["id"]})

    assert_problem(too_deep, 400, "outside-limits")
    assert too_deep.body["errors"][0]["pointer"] == "/parentId"
    replies = public.get(f"/v1/comments/{root['id']}/replies").body["items"]
    assert [each["depth"] for each in replies] == [1, 2]


def test_a_comment_that_is_too_long_is_refused(citizen: Callable[..., Client], place: Any) -> None:
    reply = citizen("ben").post(f"/v1/proposals/{place[0].id}/comments", {"body": {"en": "x" * 21}})

    assert_problem(reply, 400, "outside-limits")
    assert reply.body["errors"] == [{"pointer": "/body", "detail": "21 characters; limit 20"}]


def test_an_answer_takes_no_position(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    root = world.comment(place[0], place[1])

    answer = HELLO | {"parentId": str(root.id), "position": "neutral"}
    assert_problem(citizen("ben").post(f"/v1/proposals/{place[0].id}/comments", answer), 400, "position-on-reply")


def test_what_is_answered_is_a_visible_comment_of_the_same_proposal(
    citizen: Callable[..., Client], place: Any, world: Any
) -> None:
    elsewhere = world.comment(world.proposal(world.process()))
    hidden = world.comment(place[0], state=State.HIDDEN, status=Status.HIDDEN)
    its = f"/v1/proposals/{place[0].id}/comments"

    for parent in (elsewhere.id, ids.new()):
        assert_problem(citizen("ben").post(its, HELLO | {"parentId": str(parent)}), 404, "not-found")
    assert_problem(citizen("ben").post(its, HELLO | {"parentId": str(hidden.id)}), 409, "comment-closed")


def test_a_hidden_comment_keeps_its_place_and_leaks_nothing(
    citizen: Callable[..., Client], moderator: Client, public: Client, place: Any, world: Any
) -> None:
    hidden = {"state": State.HIDDEN, "status": Status.HIDDEN, "hidden_reason": "Spam.", "body": {"en": "BUY NOW"}}
    root = world.comment(place[0], place[2], **hidden, position="against")
    answer = world.comment(place[0], place[2], answers=root, **hidden)
    addresses = [f"/v1/proposals/{place[0].id}/comments", f"/v1/comments/{root.id}/replies"]

    for reader in (public, citizen("ana"), citizen("eve")):
        for address in addresses:
            body = reader.get(address).body
            assert "BUY NOW" not in str(body)
            assert "Ben" not in str(body)
            assert "against" not in str(body)
        (shown,) = public.get(addresses[0]).body["items"]
        assert (shown["body"], shown["state"], shown["hiddenReason"]) == (None, "hidden", "Spam.")
        assert shown["replies"][0]["id"] == str(answer.id)
    for reader in (moderator, citizen("ben")):
        assert all("BUY NOW" in str(reader.get(address).body) for address in addresses)


def test_comments_of_a_hidden_proposal_are_not_found(public: Client, world: Any) -> None:
    proposal = world.proposal(world.process(), state="hidden", status="hidden")
    root = world.comment(proposal)

    assert_problem(public.get(f"/v1/proposals/{proposal.id}/comments"), 404, "not-found")
    assert_problem(public.get(f"/v1/comments/{root.id}/replies"), 404, "not-found")


def test_replies_are_read_page_by_page_under_a_root(public: Client, place: Any, world: Any, make: ModuleType) -> None:
    root = world.comment(place[0])
    for number in range(5):
        world.comment(place[0], place[2], answers=root, at=make.NOON + timedelta(minutes=number // 2))
    its, seen, cursor = f"/v1/comments/{root.id}/replies?limit=2", [], ""

    while cursor is not None:
        body = public.get(f"{its}{cursor and f'&cursor={cursor}'}").body
        seen += body["items"]
        cursor = body["next"]

    assert len({each["id"] for each in seen}) == len(seen) == 5
    assert [each["at"] for each in seen] == sorted(each["at"] for each in seen)
    assert_problem(public.get(f"/v1/comments/{seen[0]['id']}/replies"), 404, "not-found")


def test_a_page_costs_the_same_however_many_comments_there_are(
    citizen: Callable[..., Client], public: Client, place: Any, world: Any, statements: Any
) -> None:
    costs = []
    for _ in range(2):
        for _ in range(12):
            root = world.comment(place[0], place[1])
            for _ in range(4):
                world.comment(place[0], place[2], answers=root)
        for reader in (public, citizen("ben")):
            with statements() as said:
                reader.get(f"/v1/proposals/{place[0].id}/comments")
            costs.append(len(said))

    assert costs == [5, 6] * 2  # who takes part is asked what she finds helpful


def test_a_repeat_under_one_key_is_one_comment(citizen: Callable[..., Client], place: Any, world: Any) -> None:
    its, ben = f"/v1/proposals/{place[0].id}/comments", citizen("ben")

    first, second = (ben.post(its, HELLO, Idempotency_Key="comment-1") for _ in range(2))

    assert first.body == second.body
    assert len(world.rows(comment)) == len(world.rows(process_log)) == len(world.events()) == 1
    assert_problem(ben.post(its, {"body": {"en": "Other"}}, Idempotency_Key="comment-1"), 409, "idempotency-key-reused")


@pytest.mark.parametrize(
    "body", [b"{", {}, {"body": {}}, {"body": "text"}, HELLO | {"position": "maybe"}, HELLO | {"parentId": "x"}]
)
def test_a_malformed_comment_is_refused(citizen: Callable[..., Client], place: Any, body: Any) -> None:
    assert_problem(citizen("ben").post(f"/v1/proposals/{place[0].id}/comments", body), 400, "invalid")


def test_unknown_things_are_not_found(citizen: Callable[..., Client], public: Client) -> None:
    assert_problem(citizen().post(f"/v1/proposals/{ids.new()}/comments", HELLO), 404, "not-found")
    assert_problem(public.get(f"/v1/proposals/{ids.new()}/comments"), 404, "not-found")
    assert_problem(public.get(f"/v1/comments/{ids.new()}/replies"), 404, "not-found")


def test_staff_do_not_comment(
    official: Callable[..., Client], moderator: Client, client: Callable[..., Client], place: Any
) -> None:
    its = f"/v1/proposals/{place[0].id}/comments"

    assert_problem(moderator.post(its, HELLO), 403, "missing-scope")
    assert_problem(official().post(its, HELLO), 403, "not-a-participant")
    both = client(subject="olga", roles=["official"], scopes=["engagement.contribute"])
    assert_problem(both.post(its, HELLO), 403, "not-a-participant")
