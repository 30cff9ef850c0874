"""Following without an account: an address is asked, hears what is new, and is gone when it says so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis import jobs
from chassis.app import App
from chassis.clock import FixedClock
from chassis.http_client import PeerClient
from chassis.testing.client import Client, assert_problem
from engagement.follows import actions, store
from engagement.follows.model import Follow
from engagement.tables import follow

ADDRESS = {"address": "ana@example.org", "language": "en"}


class Messaging(PeerClient):
    """Messaging as it answers; the letters by their key."""

    def __init__(self) -> None:
        self.letters: dict[str, Any] = {}

    def call(self, application: str, verb: str, path: str, **asked: Any) -> Any:
        self.letters[asked["idempotency_key"]] = asked["body"]


@pytest.fixture
def portal(client: Callable[..., Client]) -> Client:
    return client(scopes=["engagement.read", "engagement.contribute"])


@pytest.fixture
def delivered(app: App) -> Callable[[], list[Any]]:
    def run() -> list[Any]:
        messaging = Messaging()
        with ThreadPoolExecutor(1) as pool:
            while jobs.run_due(replace(app.runtime, peers=messaging), pool):
                pass
        return list(messaging.letters.values())

    return run


@pytest.fixture
def told(app: App, delivered: Callable[[], list[Any]]) -> Callable[[], list[Any]]:
    """The letters that a look at the clock brings."""
    look = next(tick.run for tick in app.runtime.service.ticks if tick.name == "newsletters")

    def run() -> list[Any]:
        look(app.runtime)
        return delivered()

    return run


@pytest.fixture
def following(portal: Client, delivered: Callable[[], list[Any]]) -> Callable[..., str]:
    """An address follows the process; the path of its confirmation."""

    def run(process: Any, **changes: str) -> str:
        assert portal.post(f"/v1/processes/{process.id}/follows", ADDRESS | changes).status == 204
        path, token = link_in(delivered()[0])
        assert portal.post(f"{path}/confirmation", {"token": token}).status == 200
        return path

    return run


def link_in(letter: Any) -> tuple[str, str]:
    words = str(letter["emailContent"]["content"]).split()
    _, _, place = next(word for word in words if "/follows/" in word).partition("/follows/")
    follow_id, token, *_ = place.split("/")
    return f"/v1/follows/{follow_id}", token


def test_an_address_follows_once_it_has_answered(
    portal: Client, world: Any, delivered: Callable[[], list[Any]]
) -> None:
    process = world.process()

    asked = portal.post(f"/v1/processes/{process.id}/follows", ADDRESS)
    (letter,) = delivered()
    path, token = link_in(letter)
    before = world.rows(follow)[0].confirmed_at
    confirmed = portal.post(f"{path}/confirmation", {"token": token})

    assert (asked.status, before) == (204, None)
    assert letter["recipientInfo"] == {"email": "ana@example.org"} and "unsubscribe" not in letter
    assert confirmed.body["processId"] == str(process.id)
    assert world.rows(follow)[0].confirmed_at is not None
    assert "example.org" not in repr(world.rows(follow))


def test_asking_again_says_nothing_and_sends_nothing(
    portal: Client, world: Any, delivered: Callable[[], list[Any]], clock: FixedClock
) -> None:
    process = world.process()

    def ask(address: str) -> int:
        return int(portal.post(f"/v1/processes/{process.id}/follows", {"address": address}).status)

    assert [ask("ana@example.org"), ask("ANA+x@example.org")] == [204, 204]
    assert len(delivered()) == len(world.rows(follow)) == 1
    clock.move(hours=2)
    assert ask("ana@example.org") == 204
    assert len(delivered()) == 1


def test_a_token_that_was_never_sent_confirms_nothing_and_ends_nothing(
    portal: Client, world: Any, delivered: Callable[[], list[Any]]
) -> None:
    process = world.process()
    portal.post(f"/v1/processes/{process.id}/follows", ADDRESS)
    path, _ = link_in(delivered()[0])

    assert_problem(portal.post(f"{path}/confirmation", {"token": "0" * 64}), 404, "not-found")
    assert portal.post(f"{path}/end", {"token": "0" * 64}).status == 204
    assert [row.confirmed_at for row in world.rows(follow)] == [None]


def test_a_letter_comes_once_a_week_and_only_if_there_is_something(
    world: Any, following: Callable[..., str], told: Callable[[], list[Any]], clock: FixedClock, make: Any
) -> None:
    process = world.process()
    following(process)

    assert told() == []
    clock.move(days=7)
    assert told() == []
    world.proposal(process, published_at=clock() + timedelta(hours=1))
    clock.move(days=1)
    assert told() == []
    clock.move(days=6)
    (letter,) = told()

    assert "New ideas: 1" in letter["emailContent"]["content"]
    assert "Answers" not in letter["emailContent"]["content"]
    assert f"/processes/{process.slug}" in letter["emailContent"]["content"]
    clock.move(days=7)
    assert told() == []


def test_one_request_ends_the_letters_and_the_address_is_gone(
    portal: Client, world: Any, following: Callable[..., str], told: Callable[[], list[Any]], clock: FixedClock
) -> None:
    process = world.process()
    path = following(process)
    world.proposal(process, published_at=clock() + timedelta(days=1))
    clock.move(days=8)
    (letter,) = told()
    end = str(letter["unsubscribe"])

    ended = portal.post(f"{path}/end", {"token": end.split("/")[-2]})

    assert end.endswith("/end") and end in letter["emailContent"]["content"]
    assert ended.status == 204
    assert world.rows(follow) == []
    assert portal.post(f"{path}/end", {"token": end.split("/")[-2]}).status == 204


def test_the_letter_speaks_the_followers_language(
    world: Any, following: Callable[..., str], told: Callable[[], list[Any]], clock: FixedClock
) -> None:
    process = world.process()
    following(process, language="ar")
    world.proposal(process, published_at=clock() + timedelta(days=1))
    clock.move(days=8)

    (letter,) = told()

    assert letter["emailContent"]["title"].startswith("أخبار")


def test_looking_for_letters_costs_the_same_however_many_follow(
    app: App, world: Any, statements: Callable[[], AbstractContextManager[list[str]]], make: Any
) -> None:
    process = world.process()
    world.proposal(process, published_at=make.NOON)
    before = make.NOON - 9 * make.DAY

    def looked(number: int) -> int:
        with app.runtime.transaction() as tx:
            for each in range(number):
                row = Follow(
                    make.new_id(), process.id, f"p{each}@example.org", f"{number} {each}", "en", before, before
                )
                store.ask(tx, row, before, app.runtime.sealer)
                store.confirm(tx, row.id, before)
        with statements() as said, app.runtime.transaction() as tx:
            due = store.due(tx, make.NOON - 7 * make.DAY, make.NOON, 200)
        assert len(due) >= number and all(each.is_worth_a_letter for each in due)
        return len(said)

    assert looked(2) == looked(50) == 1


def test_an_address_that_never_answers_is_forgotten(portal: Client, world: Any, told: Any, clock: FixedClock) -> None:
    portal.post(f"/v1/processes/{world.process().id}/follows", ADDRESS)

    clock.move(days=6)
    told()
    assert len(world.rows(follow)) == 1
    clock.move(days=2)
    told()

    assert world.rows(follow) == []


@pytest.mark.parametrize("address", ["nobody", "ana@yopmail.com"])
def test_an_address_that_is_none_is_refused(address: str, portal: Client, world: Any) -> None:
    reply = portal.post(f"/v1/processes/{world.process().id}/follows", {"address": address})

    assert reply.status == 400
    assert world.rows(follow) == []


def test_news_are_what_everybody_sees_newest_first(
    public: Client, world: Any, make: Any, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    process = world.process()
    world.proposal(process, number=1, published_at=make.NOON - make.HOUR)
    world.proposal(process, number=2, published_at=make.NOON - 2 * make.HOUR)
    world.draft(process, world.participant(process))

    listed = public.get(f"/v1/processes/{process.id}/news").body["items"]

    assert [each["kind"] for each in listed] == ["proposal", "proposal", "phase_opened"]
    assert [each["at"] for each in listed] == sorted((each["at"] for each in listed), reverse=True)


def test_ending_twice_at_once_does_no_harm(app: App, world: Any, following: Callable[..., str]) -> None:
    path = following(world.process())
    follow_id = world.rows(follow)[0].id
    token = actions.token(follow_id, app.runtime.sealer)

    def end(_: int) -> None:
        with app.runtime.transaction() as tx:
            actions.end(tx, follow_id, token, sealer=app.runtime.sealer)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(end, range(8)))

    assert world.rows(follow) == [] and path
