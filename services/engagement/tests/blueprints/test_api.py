"""Plans to begin from."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis import ids
from chassis.testing.client import Client, assert_problem
from engagement.blueprints.shipped import shipped
from engagement.contributions import Kind
from engagement.processes import tools
from engagement.processes.tools import Taken, Tool
from engagement.proposals.store import LEDGER

NAMED = {"slug": "from-blueprint", "title": {"en": "Our park"}, "languages": ["en"], "opensAt": "2026-07-01T08:00:00Z"}


@pytest.fixture
def every_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    """The block as it is with all the tools that its blueprints are for."""
    monkeypatch.setattr(tools, "_TOOLS", dict(tools._TOOLS))
    wanted = frozenset().union(*(each.kinds() for each in shipped())) - tools.kinds()
    tools.register(Tool("the rest", tuple(Taken(kind, LEDGER) for kind in sorted(wanted))))


@pytest.mark.usefixtures("every_tool")
@pytest.mark.parametrize("place", range(3))
def test_each_blueprint_that_comes_with_the_block_becomes_a_draft(place: int, official: Callable[..., Client]) -> None:
    chosen = official().get("/v1/blueprints").body["items"][place]

    made = official().post(f"/v1/blueprints/{chosen['id']}/processes", NAMED).body

    assert chosen["shipped"] is True
    assert (made["state"], made["title"], made["slug"]) == ("draft", {"en": "Our park"}, "from-blueprint")
    assert made["phases"][0]["opensAt"] == "2026-07-01T08:00:00.000Z"
    assert [each["title"] for each in made["phases"]] == [{"en": each["title"]["en"]} for each in chosen["phases"]]
    assert "/strategy/howInputIsUsed" not in made["missing"]


def test_texts_come_in_the_languages_of_the_process(official: Callable[..., Client]) -> None:
    ideas = f"/v1/blueprints/{shipped()[0].id}/processes"

    made = official().post(ideas, NAMED | {"languages": ["ar", "ca"]}).body

    assert set(made["strategy"]["howFeedbackIsGiven"]) == {"ar", "ca"}
    assert all(set(each["title"]) == {"ar", "ca"} for each in made["phases"])
    other = official().post(ideas, NAMED | {"slug": "basque", "languages": ["eu"]}).body
    assert other["phases"][0]["title"] == {"en": "Propose and discuss"}


def test_a_blueprint_is_offered_only_where_the_block_has_its_tools(
    official: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    only_ideas = {name: tool for name, tool in tools._TOOLS.items() if name in ("proposals", "comments")}
    monkeypatch.setattr(tools, "_TOOLS", only_ideas)

    offered = official().get("/v1/blueprints").body["items"]

    assert [each["id"] for each in offered] == [str(shipped()[0].id)]
    refused = official().post(f"/v1/blueprints/{shipped()[1].id}/processes", NAMED)
    assert_problem(refused, 400, "unknown-kind")


def test_a_plan_is_saved_and_begun_from_again(official: Callable[..., Client], world: Any, make: Any) -> None:
    first = make.phase(opens_at=make.NOON, closes_at=make.NOON + 7 * make.DAY, hides_results=True)
    second = make.phase(opens_at=make.NOON + 9 * make.DAY, closes_at=make.NOON + 12 * make.DAY)
    process = world.process(phases=(first, second), slug="the-first")

    saved = official().post(f"/v1/processes/{process.id}/blueprint", {"title": {"en": "As the first"}}).body
    made = official().post(f"/v1/blueprints/{saved['id']}/processes", NAMED).body

    assert [each["days"] for each in saved["phases"]] == [7, 3]
    spans = [(each["opensAt"][:10], each["closesAt"][:10]) for each in made["phases"]]
    assert spans == [("2026-07-01", "2026-07-08"), ("2026-07-10", "2026-07-13")]
    assert made["phases"][0]["hidesResults"] is True
    assert made["missing"] == []
    assert official().get("/v1/blueprints?limit=100").body["items"][-1]["id"] == saved["id"]


def test_a_list_of_blueprints_is_read_page_by_page(official: Callable[..., Client], world: Any) -> None:
    process = world.process()
    for number in range(4):
        official().post(f"/v1/processes/{process.id}/blueprint", {"title": {"en": f"Plan {number}"}})
    seen: list[str] = []

    cursor: str | None = ""
    while cursor is not None:
        reply = official().get(f"/v1/blueprints?limit=2{cursor and f'&cursor={cursor}'}")
        assert len(reply.body["items"]) <= 2
        seen += [each["id"] for each in reply.body["items"]]
        cursor = reply.body["next"]

    assert len(seen) == len(set(seen)) >= 5


def test_what_does_not_exist_begins_nothing(official: Callable[..., Client]) -> None:
    assert_problem(official().post(f"/v1/blueprints/{ids.new()}/processes", NAMED), 404, "not-found")


def test_blueprints_are_for_officials(client: Callable[..., Client], world: Any) -> None:
    eve = client(subject="eve", roles=["participant"], scopes=["engagement.draft"])
    process = world.process()

    for verb, address, body in (
        ("GET", "/v1/blueprints", None),
        ("POST", f"/v1/blueprints/{shipped()[0].id}/processes", NAMED),
        ("POST", f"/v1/processes/{process.id}/blueprint", {"title": {"en": "Mine"}}),
    ):
        assert_problem(eve(verb, address, body), 403, "not-an-official")


def test_every_kind_that_a_shipped_plan_needs_has_a_name() -> None:
    assert frozenset().union(*(each.kinds() for each in shipped())) == {
        Kind(name) for name in ("proposal", "comment", "endorsement", "annotation", "response")
    }
