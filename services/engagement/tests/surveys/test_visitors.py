"""Answering without an account, going on with another device, and words that are erased later."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from types import ModuleType
from typing import Any

from chassis.app import App
from chassis.testing.client import Client, assert_problem
from engagement.monitoring import actions as monitoring
from engagement.monitoring import store as figures
from engagement.responses import actions
from engagement.strategy.model import Access
from engagement.tables import response

from .conftest import ANSWERS, Place, saved, walked


def test_a_visitor_goes_on_with_another_device(
    opened: Callable[..., Place], visitor: Callable[..., Any], public: Client, world: Any, make: ModuleType
) -> None:
    place = opened(process=world.process(strategy=make.strategy(access=Access("open"))))
    vera = visitor(place.process)
    vera.post(f"/v1/processes/{place.process.id}/visitors", {"agrees": True})
    its, portal = f"{place.its}/my-response", vera.client

    key = vera.post(its, {}).body["key"]
    elsewhere = {"Response-Key": key}
    page = portal("PUT", f"{its}/pages/who", {"answers": {"age": 9}}, elsewhere)

    assert page.body["next"] == {"to": "check"}
    assert vera.get(its).body["answers"] == portal("GET", its, headers=elsewhere).body["answers"] == {"age": 9}
    assert portal("POST", f"{its}/submission", headers=elsewhere).status == 201
    (row,) = world.rows(response)
    assert (row.ladder_step, row.status) == (0, "counted")


def test_a_key_opens_one_response_alone_and_is_not_made_up(
    opened: Callable[..., Place], visitor: Callable[..., Any], world: Any, make: ModuleType
) -> None:
    process = world.process(strategy=make.strategy(access=Access("open")))
    place, other = opened(process=process), opened(process=process)
    vera = visitor(process)
    vera.post(f"/v1/processes/{process.id}/visitors", {"agrees": True})
    begun = vera.post(f"{place.its}/my-response", {}).body

    made_up = urlsafe_b64encode(begun["id"].encode()).decode()
    for its, key in ((other.its, begun["key"]), (place.its, made_up), (place.its, begun["key"][:-2] + "xx")):
        assert_problem(vera.client("GET", f"{its}/my-response", headers={"Response-Key": key}), 404, "not-found")


def test_words_are_erased_and_the_response_counts_on(ana: Client, place: Place, app: App, world: Any) -> None:
    ana.post(f"{place.its}/responses", {"answers": ANSWERS})
    (row,) = world.rows(response)

    with app.runtime.transaction() as tx:
        actions.erase(tx, row.contribution_id)

    (row,) = world.rows(response)
    assert (row.answers, row.status) == (ANSWERS | {"words": "—"}, "counted")
    assert [each.type.split(".")[1] for each in world.events()] == ["response-submitted", "response-changed"]


def test_a_response_that_was_changed_counts_once_in_the_figures(
    ana: Client, place: Place, app: App, world: Any, settle: Callable[[], None]
) -> None:
    walked(ana, place)
    ana.post(f"{place.its}/my-response/submission")
    settle()
    monitoring.fold(app.runtime)
    saved(ana, place, "last", answers={"words": "And benches."})
    ana.post(f"{place.its}/my-response/submission")

    settle()
    monitoring.fold(app.runtime)

    with app.runtime.reading() as tx:
        cells = figures.of_process(tx, place.process.id).cells
    assert [(cell.kind, cell.status, cell.number) for cell in cells] == [("response", "counted", 1)]
