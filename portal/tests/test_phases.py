"""Phases as officials write them: days, times of day and switches."""

from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .steps import sent, summary

Json = dict[str, Any]


@pytest.fixture
def plan(fake: FakeGateway) -> Json:
    fake.roles = ["official"]
    return fake.add_process(slug="plan", state="draft", version=4, strategy={}, phases=[])


def its(plan: Json, path: str) -> str:
    return f"/work/processes/{plan['id']}/plan{path}"


def test_a_phase_is_added_with_its_switches(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    browser.sign_in(its(plan, "/phases/new"))

    page = browser.send(
        "", title="Ideas", kind="collect", opens_on="2027-01-10", opens_at="08:30", last_day="2027-01-31",
        accepts=["proposal", "comment"], hides_results="y", grace_minutes="10", announcement="Soon.",
    )  # fmt: skip

    assert page.path == its(plan, "/phases") and "Ideas" in page.text()
    (made,) = sent(fake, "PUT", plan["id"])[0]["phases"]
    assert made == {
        "title": {"en": "Ideas"},
        "opensAt": "2027-01-10T08:30:00+00:00",
        "closesAt": "2027-02-01T00:00:00+00:00",
        "accepts": ["comment", "proposal"],
        "kind": "collect",
        "mayOverlap": False,
        "graceMinutes": 10,
        "hidesResults": True,
        "announcement": {"en": "Soon."},
    }


def test_a_whole_day_comes_back_as_a_day(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    browser.sign_in(its(plan, "/phases/new"))
    browser.send("", title="Ideas", opens_on="2027-01-10", last_day="2027-01-31", accepts=["proposal"])

    page = browser.open(its(plan, "/phases/0"))
    held = {each.get("name"): each.get("value") for each in page.all("input")}
    browser.send("", title="Better ideas", accepts=["proposal"])

    assert (held["opens_on"], held["opens_at"]) == ("2027-01-10", "")
    assert (held["last_day"], held["closes_at"]) == ("2027-01-31", "")
    first, second = sent(fake, "PUT", plan["id"])
    assert second["phases"] == [first["phases"][0] | {"title": {"en": "Better ideas"}}]


def test_phases_stand_in_the_order_in_which_they_open(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    for title, day in (("Second", "2027-02-01"), ("First", "2027-01-01")):
        browser.sign_in(its(plan, "/phases/new"))
        browser.send("", title=title, opens_on=day, last_day=day)

    browser.open(its(plan, "/phases"))
    browser.send("/phases/0/remove")

    assert [each["title"]["en"] for each in sent(fake, "PUT", plan["id"])[1]["phases"]] == ["First", "Second"]
    assert [each["title"]["en"] for each in plan["phases"]] == ["Second"]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"title": ""}, "#title"),
        ({"last_day": "2026-12-01"}, "#last_day"),
        ({"opens_on": "tomorrow"}, "#opens_on"),
        ({"opens_at": "25:00"}, "#opens_at"),
        ({"grace_minutes": "16"}, "#grace_minutes"),
    ],
)
def test_a_phase_that_cannot_stand_is_refused(
    answers: Json, field: str, browser: Browser, fake: FakeGateway, plan: Json
) -> None:
    browser.sign_in(its(plan, "/phases/new"))

    page = browser.send("", **{"title": "Ideas", "opens_on": "2027-01-10", "last_day": "2027-01-31"} | answers)

    assert page.status == 400
    assert field in [link for link, _ in summary(page)]
    assert sent(fake, "PUT", plan["id"]) == []


def test_phases_that_overlap_are_told(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    fake.refusals[("PUT", plan["id"])] = (400, make.problem(400, "phase-order"))
    browser.sign_in(its(plan, "/phases/new"))

    page = browser.send("", title="Ideas", opens_on="2027-01-10", last_day="2027-01-31")

    assert page.status == 400 and "The phases overlap" in page.text()
