"""Results of surveys, as people and officials read them."""

from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .rooms import survey_results as room

Json = dict[str, Any]


@pytest.fixture
def survey(fake: FakeGateway, process: Json) -> Json:
    made = room.survey(process)
    fake.__dict__.setdefault("surveys", {})[made["id"]] = made
    return made


def test_each_question_has_its_chart_and_its_numbers(browser: Browser, survey: Json) -> None:
    page = browser.open(f"/surveys/{survey['id']}/results")

    headings = page.texts("h3")
    assert headings[:3] == ["Do we need more trees?", "Where?", "How do you like the square?"]
    assert "More 68.4%" in page.text() and "124 responses were counted." in page.text()
    assert len([each for each in page.all("svg") if each.get("role") == "img"]) == 4  # three scales, one number
    assert "5 (Very much)" in page.text() and "Net promoter score: -10.1" in page.text()
    assert "20 to under 40 years" in page.text()
    assert ["shade", "31"] in [[part for part in each.itertext() if part.strip()] for each in page.all("tr")]


def test_what_is_withheld_is_said_to_be(browser: Browser, survey: Json) -> None:
    page = browser.open(f"/surveys/{survey['id']}/results")

    row = next(each for each in page.all("tr") if "Square" in "".join(each.itertext()))
    assert "".join(row.itertext()).count("withheld") == 3
    assert row.find(".//svg") is None


def test_unweighted_results_show_one_share(fake: FakeGateway, browser: Browser, survey: Json) -> None:
    fake.__dict__["survey_results"] = {"weighted": False}

    page = browser.open(f"/surveys/{survey['id']}/results")

    assert "Weighted" not in page.texts("th") and "Share" in page.texts("th")


def test_two_questions_are_compared(browser: Browser, survey: Json) -> None:
    browser.open(f"/surveys/{survey['id']}/results/cross-table")

    page = browser.open(f"/surveys/{survey['id']}/results/cross-table?first=trees&second=dog")

    assert page.texts("h2")[:2] == ["Do we need more trees?", "Do they hang together?"]
    assert "by: Do you have a dog?" in page.text()
    rows = [[part.strip() for part in each.itertext() if part.strip()] for each in page.all("tr")]
    assert rows[1][:4] == ["More", "52 answers", "78.0%", "unweighted 80.0%"]
    assert rows[2] == ["Others together", "48 answers", "withheld", "withheld"]
    assert "Yes, weakly." in page.text() and "V 0.28; χ² 12.3" in page.text()


@pytest.mark.parametrize("query", ["", "?first=trees&second=trees", "?first=why&second=trees", "?first=trees"])
def test_what_cannot_be_compared_is_not_asked_for(
    query: str, fake: FakeGateway, browser: Browser, survey: Json
) -> None:
    page = browser.open(f"/surveys/{survey['id']}/results/cross-table{query}")

    assert page.status == 200
    assert not any("cross-table" in path for _verb, path, _body in fake.calls)


def test_hidden_results_are_explained(fake: FakeGateway, browser: Browser, survey: Json) -> None:
    refused = (409, make.problem(409, "results-hidden"))
    fake.refusals[("GET", "/results")] = refused

    page = browser.open(f"/surveys/{survey['id']}/results")

    assert page.status == 409
    assert "The results are not shown yet" in page.text()


def test_the_list_names_surveys_and_links_those_that_are_shown(
    fake: FakeGateway, browser: Browser, process: Json, survey: Json
) -> None:
    fake.__dict__["surveys"]["hidden"] = room.survey(
        process, title=make.words("Secret"), settings={"hideResults": True}
    )
    fake.__dict__["surveys"]["draft"] = room.survey(process, title=make.words("Unborn"), state="draft")

    page = browser.open("/processes/safe-streets/survey-results")

    assert [each for each in page.texts("a") if each in ("Trees in our streets", "Secret", "Unborn")] == [
        "Trees in our streets"
    ]
    assert "SecretThe results follow when the survey is closed." in page.text()


def test_officials_see_everything_and_have_it_counted_anew(fake: FakeGateway, browser: Browser, survey: Json) -> None:
    fake.roles = ["official"]
    browser.sign_in()

    page = browser.open(f"/surveys/{survey['id']}/results?view=official")
    assert "Where the responses came from" in page.text()
    page = browser.send("/results/recount")

    assert fake.calls[-4][:2] == ("POST", f"engagement/v1/surveys/{survey['id']}/recount")
    assert "All answers are being counted anew." in page.text()


def test_citizens_do_not_see_what_is_for_officials(fake: FakeGateway, browser: Browser, survey: Json) -> None:
    browser.sign_in()

    page = browser.open(f"/surveys/{survey['id']}/results?view=official")

    assert page.status == 403
    assert not any(path.endswith("/results") for _verb, path, _body in fake.calls)
