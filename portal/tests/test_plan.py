"""Planning a process: from nothing to handed in, a subject a page."""

from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .rooms.plan import BLUEPRINT, OFFICIAL
from .steps import sent, summary

Json = dict[str, Any]


@pytest.fixture
def plan(fake: FakeGateway) -> Json:
    fake.roles = ["official"]
    return fake.add_process(
        slug="plan", state="draft", version=4, missing=["/strategy/objective", "/phases"], strategy={}, phases=[]
    )


def its(plan: Json, path: str = "") -> str:
    return f"/work/processes/{plan['id']}/plan{path}"


@pytest.mark.parametrize("path", ["/work/processes/new", "/work/accounts"])
def test_planning_is_not_for_citizens(path: str, browser: Browser, fake: FakeGateway) -> None:
    browser.sign_in()

    assert browser.open(path).status == 403


def test_a_process_begins_with_an_empty_plan(browser: Browser, fake: FakeGateway) -> None:
    fake.roles = ["official"]
    browser.sign_in("/work/processes/new")

    refused = browser.send("")
    page = browser.send("", title="Carrers més verds", language="ca")

    assert refused.status == 400 and summary(refused) == [("#title", "Give the process a title")]
    assert page.path.endswith("/plan")
    assert sent(fake, "POST", "v1/processes") == [
        {"slug": "carrers-mes-verds", "title": {"ca": "Carrers més verds"}, "languages": ["ca"]}
    ]


def test_a_process_begins_from_a_blueprint_on_a_day(browser: Browser, fake: FakeGateway) -> None:
    fake.roles = ["official"]
    browser.sign_in("/work/processes/new")

    without_a_day = browser.send("", title="Our park", blueprint=BLUEPRINT["id"])
    made_up = browser.send("", title="Our park", blueprint=make.new_id(), opens_on="2027-01-10")
    page = browser.send("", title="Our park", blueprint=BLUEPRINT["id"], opens_on="2027-01-10")

    assert summary(without_a_day) == [("#opens_on", "Say on which day it opens")]
    assert made_up.status == 400 and summary(made_up) == [("#blueprint", "Choose one of these")]
    assert page.path.endswith("/plan")
    (body,) = sent(fake, "POST", f"{BLUEPRINT['id']}/processes")
    assert (body["slug"], body["opensAt"]) == ("our-park", "2027-01-10T00:00:00+00:00")


def test_an_address_that_is_taken_is_told(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    fake.refusals[("POST", "v1/processes")] = (409, make.problem(409, "slug-taken"))
    browser.sign_in("/work/processes/new")

    page = browser.send("", title="Plan")

    assert page.status == 409
    assert "Another process has this address" in page.text()


def test_the_checklist_names_what_is_missing_and_leads_there(browser: Browser, plan: Json) -> None:
    page = browser.sign_in(its(plan))

    todo = [text for text in page.texts("li") if "Missing:" in text]
    assert len(todo) == 2 and "Objective" in todo[0] and "At least one phase" in todo[1]
    assert its(plan, "/purpose") in [each.get("href") for each in page.all("a")]


def test_a_subject_is_saved_with_what_stood_there_before(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    plan["strategy"] = {"objective": make.words("Old.", "Vell."), "whoDecides": make.words("The council.")}
    browser.sign_in(its(plan, "/purpose"))

    page = browser.send("/purpose", level="consult", objective="New.", what_is_decided="Ten streets.", who_decides="")

    assert page.path == its(plan, "/feedback")
    (body,) = sent(fake, "PUT", plan["id"])
    assert body["strategy"] == {
        "level": "consult",
        "objective": {"en": "New.", "ca": "Vell."},
        "whatIsDecided": {"en": "Ten streets."},
    }
    assert (body["version"], body["slug"]) == (4, "plan")
    assert "counts" not in body and "missing" not in body


def test_an_incomplete_subject_is_saved_too(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    browser.sign_in(its(plan, "/feedback"))

    page = browser.send("/feedback", how_input_is_used="It is read.", then="plan")

    assert page.path == its(plan)
    assert sent(fake, "PUT", plan["id"])[0]["strategy"] == {"howInputIsUsed": {"en": "It is read."}}


@pytest.mark.parametrize(
    ("step", "answers", "field"),
    [
        ("basics", {"slug": "No Slug"}, "#slug"),
        ("basics", {"languages": "en, en"}, "#languages"),
        ("basics", {"languages": ""}, "#languages"),
        ("feedback", {"feedback_due_date": "soon"}, "#feedback_due_date"),
        ("people", {"eligible_population": "many"}, "#eligible_population"),
        ("people", {"target_participants": "0"}, "#target_participants"),
        ("people", {"budget": "much money"}, "#budget"),
        ("law", {"minimum_days": "4000"}, "#minimum_days"),
        ("purpose", {"level": "rule"}, "#level"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(
    step: str, answers: Json, field: str, browser: Browser, fake: FakeGateway, plan: Json
) -> None:
    browser.sign_in(its(plan, f"/{step}"))

    page = browser.send(f"/{step}", **answers)

    assert page.status == 400
    assert [link for link, _ in summary(page)] == [field]
    assert sent(fake, "PUT", plan["id"]) == []


def test_numbers_money_and_meetings_come_back_as_they_were_typed(
    browser: Browser, fake: FakeGateway, plan: Json
) -> None:
    plan["strategy"] = {"faceToFaceFormats": [make.words("Walk", "Passejada")]}
    browser.sign_in(its(plan, "/people"))

    browser.send(
        "/people",
        eligible_population="120000",
        budget="12 000 eur",
        access="verified",
        formats="Walk\nMeeting in the library\n",
        responsible_official="Streets",
    )
    page = browser.open(its(plan, "/people"))

    strategy = sent(fake, "PUT", plan["id"])[0]["strategy"]
    assert strategy["budget"] == {"amount": 12000, "currency": "EUR"}
    assert strategy["faceToFaceFormats"] == [{"en": "Walk", "ca": "Passejada"}, {"en": "Meeting in the library"}]
    assert (strategy["eligiblePopulation"], strategy["access"]) == (120000, "verified")
    held = {each.get("name"): each.get("value") for each in page.all("input") if each.get("type") == "text"}
    assert (held["budget"], held["eligible_population"]) == ("12000 EUR", "120000")


def test_a_colleague_who_was_faster_is_told(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    fake.refusals[("PUT", plan["id"])] = (409, make.problem(409, "stale"))
    browser.sign_in(its(plan, "/purpose"))

    page = browser.send("/purpose", objective="Mine.")

    assert page.status == 409
    assert "Someone else changed this in the meantime" in page.text()
    assert "Mine." in page.html


def test_a_kind_of_data_is_added_and_removed(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    browser.sign_in(its(plan, "/data"))

    refused = browser.send("/fields", name="E-mail address")
    browser.send("/fields", name="E-mail", purpose="To answer", basis="consent", retention_days="90", recipients="")
    added = plan["strategy"]["dataFields"]
    browser.send("/fields/0/remove")

    assert refused.status == 400 and [link for link, _ in summary(refused)] == ["#purpose", "#retention_days"]
    kept = {"name": {"en": "E-mail"}, "purpose": {"en": "To answer"}, "legalBasis": "consent", "retentionDays": 90}
    assert added == [kept]
    assert plan["strategy"]["dataFields"] == []


def test_a_plan_that_was_handed_in_is_not_edited(browser: Browser, plan: Json) -> None:
    plan["state"] = "in_review"

    page = browser.sign_in(its(plan, "/purpose"))

    assert page.path == its(plan)
    assert "This plan was handed in." in page.text()


def test_an_incomplete_plan_comes_back_to_its_checklist(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    fake.refusals[("POST", "/review")] = (400, make.problem(400, "strategy-incomplete"))
    browser.sign_in(its(plan))

    page = browser.send("/review")

    assert page.path == its(plan) and "The plan is not complete" in page.text()


def test_texts_are_translated_beside_the_original(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    listed = browser.sign_in(f"/work/processes/{plan['id']}/texts")
    browser.open(f"/work/processes/{plan['id']}/texts/ca")

    page = browser.send("", **{"/phases/0/title": "Idees"})

    assert "1 text is missing" in listed.text()
    assert page.path.endswith("/texts")
    assert sent(fake, "PUT", "/texts/ca") == [{"texts": {"/phases/0/title": "Idees"}}]


def test_what_did_not_change_is_not_sent(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    browser.sign_in(f"/work/processes/{plan['id']}/texts/ca")

    browser.send("")

    assert sent(fake, "PUT", "/texts/ca") == []


def test_roles_are_given_to_a_colleague(browser: Browser, fake: FakeGateway, plan: Json) -> None:
    browser.sign_in(f"/work/processes/{plan['id']}/officials")

    stranger = browser.send("", official=make.new_id(), role=["editor"])
    browser.send("", official=OFFICIAL["id"], role=["publisher", "editor", "emperor"])

    assert "Choose a colleague" in stranger.text()
    assert sent(fake, "PUT", OFFICIAL["id"]) == [{"roles": ["editor", "publisher"]}]


def test_an_account_is_opened_by_an_administrator(browser: Browser, fake: FakeGateway) -> None:
    fake.roles = ["administrator"]
    browser.sign_in("/work/accounts")

    refused = browser.send("", name="Olga", password="short", roles=[])
    said = {"login": "olga@example.org", "password": "a long and quiet sentence", "roles": ["official"]}
    page = browser.send("", name="Olga", **said)

    assert [link for link, _ in summary(refused)] == ["#login", "#roles"]
    assert "short" not in refused.html
    assert page.path == "/work/accounts" and "The account of Olga is open" in page.text()
    (body,) = sent(fake, "POST", "identity/v1/accounts")
    assert (body["login"], body["roles"]) == ("olga@example.org", ["official"])
