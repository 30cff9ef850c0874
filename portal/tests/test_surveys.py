"""Answering a survey without scripts, and writing one."""

from typing import Any

import pytest

from . import make
from .browser import Browser, Page
from .fake_gateway import FakeGateway
from .rooms import surveys as room
from .steps import joined, sent, summary

Json = dict[str, Any]
HALF = "\u0662\u066b\u0665"  # 2.5 in Arabic-Indic digits


@pytest.fixture
def process(fake: FakeGateway) -> Json:
    """One that takes answers now."""
    made: Json = fake.add_process(phases=[make.phase(-5, 11, "response")])
    return made


@pytest.fixture
def survey(fake: FakeGateway, process: Json) -> Json:
    made = room.survey(process)
    fake.__dict__.setdefault("surveys", {})[made["id"]] = made
    return made


def started(browser: Browser, fake: FakeGateway, process: Json, survey: Json) -> Page:
    joined(browser, fake, process, f"/surveys/{survey['id']}")
    return browser.send("/start")


def fill(browser: Browser, ending: str, fields: Json) -> Page:
    """Fields whose names are no names of Python."""
    return browser.send(ending, **fields)


def last(fake: FakeGateway, ending: str) -> Json:
    body: Json = sent(fake, "PUT", ending)[-1]
    return body


def test_a_survey_goes_from_start_to_receipt(browser: Browser, fake: FakeGateway, process: Json, survey: Json) -> None:
    page = started(browser, fake, process, survey)
    assert page.path.endswith("/pages/riding") and "Page 1 of 3" in page.text()

    page = fill(browser, "/riding", {"seen": "rides", "a.rides": "yes"})
    assert page.path.endswith("/pages/every")
    page = fill(browser, "/every", {"a.some": ["red", "blue"], "a.amount": HALF, "a.grid.park": "bad"})
    page = fill(browser, "/last", {"a.words": "More trees"})
    assert page.path.endswith("/check") and "Red and Blue" in page.text() and "Park: Bad" in page.text()
    page = browser.send("/check")

    assert page.path.startswith("/receipts/") and "Your answers are counted" in page.text()
    assert last(fake, "/pages/riding") == {"answers": {"rides": "yes"}, "seen": ["rides"], "complete": True}
    assert last(fake, "/pages/every")["answers"] == {"some": ["red", "blue"], "amount": 2.5, "grid": {"park": "bad"}}


def test_an_answer_that_was_refused_is_kept_with_its_error(
    browser: Browser, fake: FakeGateway, process: Json, survey: Json
) -> None:
    started(browser, fake, process, survey)
    browser.open(f"/surveys/{survey['id']}/pages/every")
    faults = [
        {"pointer": "/answers/amount", "detail": "is a number"},
        {"pointer": "/answers/one", "detail": "needs one"},
    ]
    problem = make.problem(400, "answer-refused", errors=faults)
    fake.refusals["PUT", "/pages/every"] = (400, problem)

    page = fill(browser, "/every", {"a.amount": "many"})

    assert page.status == 400
    assert summary(page) == [
        ("#q-one", "Answer this question"),
        ("#q-amount", "Write a number (from 0 to 10)"),
    ]
    field = page.by_id("q-amount")
    assert field is not None and field.get("value") == "many" and field.get("aria-invalid") == "true"


def test_choices_are_put_in_order_by_buttons(browser: Browser, fake: FakeGateway, process: Json, survey: Json) -> None:
    started(browser, fake, process, survey)
    browser.open(f"/surveys/{survey['id']}/pages/every")

    page = browser.send("/every", move="order:paths:up")

    kept = last(fake, "/pages/every")
    assert (kept["answers"]["order"], kept["complete"]) == (["trees", "paths", "benches"], False)
    assert page.path.endswith("/pages/every")
    box = page.by_id("q-order")
    assert box is not None and box.get("checked") is not None


def test_an_order_that_nobody_chose_is_no_answer(
    browser: Browser, fake: FakeGateway, process: Json, survey: Json
) -> None:
    started(browser, fake, process, survey)
    browser.open(f"/surveys/{survey['id']}/pages/every")

    browser.send("/every")

    assert "order" not in last(fake, "/pages/every")["answers"]


def test_what_is_there_is_saved_for_later(browser: Browser, fake: FakeGateway, process: Json, survey: Json) -> None:
    started(browser, fake, process, survey)

    page = browser.send("/riding", go="later")

    assert page.path.endswith("/later") and "Your answers are saved" in page.text()
    assert last(fake, "/pages/riding")["complete"] is False
    assert "go-on" not in page.html


def test_a_hidden_question_brings_its_condition_along(
    browser: Browser, fake: FakeGateway, process: Json, survey: Json
) -> None:
    page = started(browser, fake, process, survey)

    why = next(each for each in page.all("div") if each.get("data-question") == "why")
    assert why.get("hidden") is not None
    assert why.get("data-show-if") == '{"all": [{"is": "equals", "question": "rides", "value": "yes"}]}'
    assert page.all("script")[0].get("defer") is not None
    seen = [each for each in why.iter("input") if each.get("name") == "seen"]
    assert [each.get("disabled") for each in seen] == [""]


def test_a_link_of_a_visitor_leads_back_to_her_answers(
    browser: Browser, fake: FakeGateway, process: Json, survey: Json
) -> None:
    key = "a-key-that-the-block-gave"
    fake.__dict__.setdefault("responses", {})[survey["id"]] = room.response(survey, answers={"rides": "no"})

    page = browser.open(f"/surveys/{survey['id']}/go-on/{key}")

    assert page.path == f"/surveys/{survey['id']}" and key not in page.html
    browser.open(f"/surveys/{survey['id']}/pages/riding")
    assert fake.headers[-1]["response-key"] == key
    page = browser.open(f"/surveys/{survey['id']}/later")
    assert f"/go-on/{key}" in page.html


def test_a_full_quota_says_so(browser: Browser, fake: FakeGateway, process: Json, survey: Json) -> None:
    started(browser, fake, process, survey)
    stopped = {"to": "stopped", "message": {"en": "Enough riders."}}
    fake.refusals["PUT", "/pages/riding"] = (200, room.response(survey, next=stopped))

    page = fill(browser, "/riding", {"a.rides": "yes"})

    assert "Enough riders." in page.text() and "not counted" in page.text()


def test_answers_are_taken_back(browser: Browser, fake: FakeGateway, process: Json, survey: Json) -> None:
    counted = {"state": "submitted", "status": "counted", "unsent": False}
    fake.__dict__.setdefault("responses", {})[survey["id"]] = room.response(survey, **counted)
    joined(browser, fake, process, f"/surveys/{survey['id']}")

    page = browser.send("/withdrawal")

    assert "count no more" in page.text()
    assert ("DELETE", f"engagement/v1/surveys/{survey['id']}/my-response", None) in fake.calls


def test_who_has_not_joined_joins_first(browser: Browser, fake: FakeGateway, process: Json, survey: Json) -> None:
    browser.sign_in(f"/surveys/{survey['id']}")
    fake.refusals["POST", "/my-response"] = (403, make.problem(403, "not-a-participant"))

    page = browser.send("/start")

    assert page.path.startswith("/processes/safe-streets/join")


@pytest.fixture
def drafted(browser: Browser, fake: FakeGateway, process: Json) -> Json:
    """A draft that was begun through the pages."""
    fake.roles = ["official"]
    browser.sign_in(f"/work/processes/{process['id']}/surveys")
    page = fill(browser, "/surveys", {"title.en": "Buses"})
    return next(each for each in fake.surveys.values() if page.path.endswith(each["id"]))  # type: ignore[attr-defined]


def written(browser: Browser, drafted: Json, page: str, kind: str, fields: Json) -> Page:
    browser.open(f"/work/surveys/{drafted['id']}/pages/{page}/questions/new?type={kind}")
    return browser.send("/new", **fields)


def test_a_survey_is_written_question_by_question(browser: Browser, fake: FakeGateway, drafted: Json) -> None:
    how = {"text.en": "How do you travel?", "options.en": "bus = By bus\ntrain = By train\nnone = Not at all"}
    written(browser, drafted, "page_1", "multiple", how | {"exclusive": "none", "max": "2"})
    browser.send("/steps", act="add")
    why = {"text.en": "Why {{question_1}}?", "if.0.question": "question_1", "if.0.is": "contains_any"}
    written(browser, drafted, "page_2", "long_text", why | {"if.0.value": "bus, train", "required": "y"})
    browser.open(f"/work/surveys/{drafted['id']}/pages/page_1")
    page = fill(browser, "/page_1", {"title.en": "Travel"})

    assert "How do you travel?" in page.text() and "shown on a condition" in page.text()
    first, second = drafted["definition"]["pages"]
    assert first["title"] == {"en": "Travel"}
    (asked,) = first["questions"]
    assert (asked["id"], asked["type"], asked["max"]) == ("question_1", "multiple", 2)
    assert asked["options"][2] == {"code": "none", "text": {"en": "Not at all"}, "exclusive": True}
    (why_asked,) = second["questions"]
    assert why_asked["showIf"] == {"question": "question_1", "is": "contains_any", "value": ["bus", "train"]}
    assert why_asked["required"] is True


def test_what_cannot_be_read_is_kept_with_its_error(browser: Browser, fake: FakeGateway, drafted: Json) -> None:
    page = written(browser, drafted, "page_1", "single", {"text.en": "How?", "options.en": "By bus"})

    assert page.status == 400
    assert [field for field, _ in summary(page)] == ["#options.en"]
    assert "By bus" in page.html
    assert drafted["definition"]["pages"][0]["questions"] == []


def test_questions_and_pages_are_moved_and_removed(browser: Browser, fake: FakeGateway, drafted: Json) -> None:
    for text in ("One", "Two"):
        written(browser, drafted, "page_1", "yes_no", {"text.en": text})
    browser.send("/steps", act="add")

    def names() -> list[list[str]]:
        return [[each["id"] for each in page["questions"]] for page in drafted["definition"]["pages"]]

    browser.send("/steps", act="up:question_2")
    assert names() == [["question_2", "question_1"], []]
    browser.send("/steps", act="down:question_1")
    assert names() == [["question_2"], ["question_1"]]
    browser.send("/steps", act="up:page_2")
    assert names() == [["question_1"], ["question_2"]]
    browser.send("/steps", act="remove:question_1")
    assert names() == [[], ["question_2"]]


def test_a_survey_is_previewed_published_and_closed(
    browser: Browser, fake: FakeGateway, process: Json, survey: Json
) -> None:
    survey["state"] = "draft"
    fake.roles = ["official"]
    browser.sign_in(f"/work/surveys/{survey['id']}/preview")
    page = fill(browser, "/preview", {"a.rides": "no"})
    assert page.path.endswith("page=every") and "nothing is kept" in page.text()

    browser.open(f"/work/surveys/{survey['id']}")
    page = browser.send("/publication")
    assert "The survey is published" in page.text() and survey["state"] == "published"
    page = browser.send("/closing")

    assert "The survey is closed" in page.text()
    assert not any(path.endswith("/my-response") for _verb, path, _body in fake.calls)


def test_surveys_are_written_by_officials_alone(browser: Browser, fake: FakeGateway, survey: Json) -> None:
    fake.roles = ["participant"]
    browser.sign_in("/")

    assert browser.open(f"/work/surveys/{survey['id']}").status == 403
