"""Quotas: how many such answers are wanted."""

from collections.abc import Callable
from typing import Any

from chassis.testing.client import Client, assert_problem
from engagement.tables import response, survey_quota

from .conftest import ANSWERS, Place, definition, quota, saved, walked


def test_a_quota_that_is_full_stops_whoever_would_join_it(
    ana: Client, citizen: Callable[..., Client], opened: Callable[..., Place], world: Any
) -> None:
    place = opened(definition(quotas=[quota(1)]))
    ana.post(f"{place.its}/responses", {"answers": ANSWERS})
    ben = citizen("ben")
    ben.post(f"{place.its}/my-response", {})
    saved(ben, place, "who", answers={"age": 40})

    stopped = saved(ben, place, "riding", answers={"rides": "yes", "often": 5})

    assert stopped["next"] == {"to": "stopped", "message": {"en": "Enough riders."}}
    assert_problem(ben.post(f"{place.its}/my-response/submission"), 409, "quota-full")
    assert [row.state for row in world.rows(response)].count("submitted") == 1
    assert saved(ben, place, "riding", answers={"rides": "no"})["next"] == {"to": "page", "page": "last"}
    assert ben.post(f"{place.its}/my-response/submission").status == 201
    assert [row.taken for row in world.rows(survey_quota)] == [1]


def test_a_quota_that_only_tells_goes_on(
    ana: Client, citizen: Callable[..., Client], opened: Callable[..., Place], world: Any
) -> None:
    place = opened(definition(quotas=[quota(1, "message")]))
    ana.post(f"{place.its}/responses", {"answers": ANSWERS})
    ben = citizen("ben")
    ben.post(f"{place.its}/my-response", {})
    saved(ben, place, "who", answers={"age": 40})

    told = saved(ben, place, "riding", answers={"rides": "yes", "often": 5})

    assert (told["told"], told["next"]) == ([{"en": "Enough riders."}], {"to": "page", "page": "last"})
    assert ben.post(f"{place.its}/my-response/submission").status == 201
    assert [row.taken for row in world.rows(survey_quota)] == [2]


def test_a_place_in_a_quota_is_given_back(
    ana: Client, citizen: Callable[..., Client], opened: Callable[..., Place], world: Any
) -> None:
    place = opened(definition(quotas=[quota(1)]))
    walked(ana, place)
    ana.post(f"{place.its}/my-response/submission")
    assert saved(ana, place, "riding", answers={"rides": "yes", "often": 4})["next"]["to"] == "page"
    ana.post(f"{place.its}/my-response/submission")
    assert [row.taken for row in world.rows(survey_quota)] == [1]

    ana.delete(f"{place.its}/my-response")

    assert [row.taken for row in world.rows(survey_quota)] == [0]
    assert citizen("ben").post(f"{place.its}/responses", {"answers": ANSWERS}).status == 201
