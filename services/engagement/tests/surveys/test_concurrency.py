"""One response an actor, and no more than a quota allows, whoever comes first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import ModuleType
from typing import Any

from chassis.app import App
from chassis.errors import Refusal
from engagement.actors import Actor
from engagement.responses import actions
from engagement.responses.actions import Asking
from engagement.responses.model import Sent
from engagement.tables import process_log, response, survey_quota

from .conftest import ANSWERS, Place, definition, quota


def submit(app: App, make: ModuleType, place: Place, subject: str) -> str:
    """How it went: counted, or the slug of the refusal."""
    asking = Asking(Actor(subject, frozenset({"participant"})), make.NOON, app.runtime.sealer)
    try:
        with app.runtime.transaction() as tx:
            actions.submit(tx, place.survey.id, Sent(ANSWERS), asking)
    except Refusal as refusal:
        return refusal.slug
    return "counted"


def test_one_person_in_many_windows_answers_once(app: App, make: ModuleType, place: Place, world: Any) -> None:
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(partial(submit, app, make, place), ["ana"] * 24))

    assert sorted(sent) == [*["already-answered"] * 23, "counted"]
    assert len(world.rows(response)) == len(world.rows(process_log)) == len(world.events()) == 1


def test_a_quota_is_never_overrun(app: App, make: ModuleType, opened: Callable[..., Place], world: Any) -> None:
    place = opened(definition(quotas=[quota(5)]))
    names = [f"person-{number}" for number in range(24)]
    for name in names:
        world.participant(place.process, name)

    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(partial(submit, app, make, place), names))

    assert sorted(sent) == [*["counted"] * 5, *["quota-full"] * 19]
    assert [row.taken for row in world.rows(survey_quota)] == [5]
    assert len(world.rows(response)) == len(world.rows(process_log)) == 5
