"""A process is asked for once in a moment, and what officials do shows at once."""

from collections.abc import Iterator

import pytest

from chassis.clock import FixedClock
from portal.app import create_app
from portal.peers.engagement.processes import Process
from portal.peers.wire import read
from portal.recent import Recent

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .fake_server import Server


@pytest.fixture
def remembering(server: Server, fake: FakeGateway, clock: FixedClock, database_url: str) -> Iterator[Browser]:
    app = create_app(make.settings(server.url, database_url, process_seconds=60.0), clock)
    yield Browser(app)
    app.extensions["portal"].close()


def test_a_process_is_asked_for_once_in_a_moment(remembering: Browser, fake: FakeGateway) -> None:
    idea = fake.add_proposal(fake.add_process())
    remembering.open("/processes/safe-streets")
    fake.calls.clear()

    remembering.open("/processes/safe-streets")
    remembering.open("/processes/safe-streets/ideas")
    remembering.open(f"/ideas/{idea['id']}")

    assert [path.rpartition("/")[2] for _, path, _ in fake.calls] == ["proposals", idea["id"], "comments"]


def test_what_an_official_does_shows_at_once(remembering: Browser, fake: FakeGateway) -> None:
    fake.roles = ["official"]
    process = fake.add_process(state="closed")
    remembering.sign_in("/processes/safe-streets")

    remembering.open(f"/work/processes/{process['id']}/verification")
    remembering.send("/seal")

    assert "Being assessed" in remembering.open("/processes/safe-streets").text()


def test_what_staff_is_told_is_kept_for_nobody(remembering: Browser, fake: FakeGateway) -> None:
    fake.roles = ["official"]
    process = fake.add_process(resultsHidden=False)
    remembering.sign_in("/processes/safe-streets")
    process |= {"resultsHidden": True, "counts": {"proposals": 0, "comments": 0, "endorsements": 0}}

    page = Browser(remembering.client.application).open("/processes/safe-streets")

    assert "1,033" not in page.text() and "so that they sway nobody" in page.text()


def test_nothing_is_kept_longer_than_told_nor_what_is_not_public() -> None:
    seconds = [0.0]
    recent = Recent(2.0, now=lambda: seconds[0])
    public, draft = read(Process, make.process()), read(Process, make.process(slug="draft", state="draft"))
    recent.keep(public)
    recent.keep(draft)

    found = [recent.find("safe-streets"), recent.find(public.id), recent.find("draft"), recent.find(draft.id)]
    seconds[0] = 2.0

    assert found == [public, public, None, None]
    assert recent.find("safe-streets") is None
