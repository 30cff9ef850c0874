"""Tools: what they take, and what they ask for before a review."""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from chassis.errors import NotFound
from chassis.testing.client import Client, assert_problem
from engagement.contributions import Kind
from engagement.processes import tools
from engagement.processes.model import UnknownKind
from engagement.processes.tools import Taken, Tool
from engagement.proposals.store import LEDGER

SONG = Kind("song")


@pytest.fixture
def songs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A stranger's tool, which is never ready."""
    monkeypatch.setattr(tools, "_TOOLS", dict(tools._TOOLS))
    tools.register(Tool("songs", (Taken(SONG, LEDGER),), gaps=lambda _tx, process: [f"/songs/{process.slug}"]))
    yield


@pytest.mark.usefixtures("songs")
def test_a_tool_is_asked_only_where_a_phase_accepts_its_kinds(world: Any, make: ModuleType, app: Any) -> None:
    with_songs = make.process(phases=(make.phase(accepts=frozenset({SONG})),))
    without = make.process(phases=(make.phase(accepts=frozenset({Kind("proposal")})),))

    with app.runtime.reading() as tx:
        assert tools.gaps(tx, with_songs) == [f"/songs/{with_songs.slug}"]
        assert tools.gaps(tx, without) == []


@pytest.mark.usefixtures("songs")
def test_review_is_refused_while_a_tool_is_not_ready(
    world: Any, make: ModuleType, official: Callable[..., Client]
) -> None:
    process = world.process(state="draft", phases=(make.phase(accepts=frozenset({SONG})),))

    reply = official().post(f"/v1/processes/{process.id}/review")

    assert_problem(reply, 400, "strategy-incomplete")
    assert [each["pointer"] for each in reply.body["errors"]] == [f"/songs/{process.slug}"]


def test_a_phase_accepts_only_what_some_tool_takes(make: ModuleType) -> None:
    process = make.process(phases=(make.phase(), make.phase(accepts=frozenset({SONG, Kind("comment")}))))

    with pytest.raises(UnknownKind) as refused:
        tools.check(process)

    assert refused.value.errors == [("/phases/1/accepts", "song is no kind of contribution")]


def test_what_no_moderator_reaches_is_not_found() -> None:
    assert tools.moderated(Kind("comment"))
    for kind in (Kind("endorsement"), SONG):
        with pytest.raises(NotFound):
            tools.moderated(kind)


def test_every_kind_has_a_ledger_of_the_same_columns() -> None:
    columns = ["id", "process_id", "participant_id", "actor_key", "channel", "ladder_step", "status", "at"]

    for each in tools.all_taken():
        assert list(each.ledger.selected_columns.keys()) == columns
