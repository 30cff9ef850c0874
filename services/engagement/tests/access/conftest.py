"""What tests of access stand on: processes that let visitors in, and the letters that they get."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from chassis import jobs
from chassis.app import App
from chassis.http_client import PeerClient
from engagement.strategy.model import Access


class Messaging(PeerClient):
    """Messaging as it answers; the letters that it was given are in `letters`, by their key."""

    def __init__(self) -> None:
        self.letters: dict[str, Any] = {}

    def call(self, application: str, verb: str, path: str, **asked: Any) -> Any:
        assert (application, verb, path) == ("messaging", "POST", "/send/email/single")
        self.letters[asked["idempotency_key"]] = asked["body"]


@pytest.fixture
def opened(world: Any, make: Any) -> Callable[..., Any]:
    """`opened("email")` is an open process with that access."""
    return lambda access="open": world.process(strategy=make.strategy(access=Access(access)))


@pytest.fixture
def messaging() -> Messaging:
    return Messaging()


@pytest.fixture
def delivered(app: App) -> Callable[[], list[Any]]:
    """Run what is due; the letters that left."""

    def run() -> list[Any]:
        messaging = Messaging()
        with ThreadPoolExecutor(1) as pool:
            jobs.run_due(replace(app.runtime, peers=messaging), pool)
        return list(messaging.letters.values())

    return run


@pytest.fixture
def proven(delivered: Callable[[], list[Any]], code_in: Callable[[Any], str]) -> Callable[..., Any]:
    """The visitor asks for a code and reads it back."""

    def prove(who: Any, process: Any, address: str) -> Any:
        asked = who.post(f"/v1/processes/{process.id}/proofs", {"way": "email", "address": address})
        assert asked.status == 201, asked
        return who.post(f"/v1/proofs/{asked.body['id']}/confirmation", {"code": code_in(delivered()[0])})

    return prove


@pytest.fixture
def code_in() -> Callable[[Any], str]:
    """The code that a letter brings."""
    return lambda letter: str(letter["emailContent"]["title"]).rpartition(" ")[2]
