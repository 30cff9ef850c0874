"""The way that answers take."""

from types import SimpleNamespace

import pytest

from engagement.questionnaire.model import Questionnaire
from engagement.questionnaire.route import AnswerRefused, fitting, walk

YES = {"question": "rides", "is": "equals", "value": "yes"}


@pytest.fixture
def asked(ask: SimpleNamespace) -> Questionnaire:
    """Riders are asked how often and, on the same page, why so rarely; under 16 it ends."""
    q, page = ask.question, ask.page
    rarely = {"question": "often", "is": "less", "value": 3}
    young = {"question": "age", "is": "less", "value": 16}
    made: Questionnaire = ask.asked(
        page("who", q("age", "number", required=True), jumpTo=[{"when": young, "ending": "young"}]),
        page("riding", q("rides", "yes_no", required=True)),
        page("habits", q("often", "scale", showIf=YES, required=True), q("why", "long_text", showIf=rarely)),
        page("skipped", q("never", "short_text")),
        page("last", q("words", "long_text")),
        endings=[{"id": "young", "text": {"en": "Thank you, that is all."}}],
    )
    habits = made.pages[2]
    assert habits.id == "habits"
    return made


def pages(asked: Questionnaire, **answers: object) -> list[str]:
    return [page.id for page in walk(asked, answers).pages]


def test_a_page_with_nothing_to_show_is_passed_by(asked: Questionnaire) -> None:
    assert pages(asked, age=30, rides="no") == ["who", "riding", "skipped", "last"]
    assert pages(asked, age=30, rides="yes") == ["who", "riding", "habits", "skipped", "last"]


def test_a_jump_leads_to_an_ending(asked: Questionnaire) -> None:
    route = walk(asked, {"age": 15, "rides": "yes", "words": "Hi"})

    assert [page.id for page in route.pages] == ["who"]
    assert (route.ending, route.answers) == ("young", {"age": 15})


def test_a_jump_passes_pages_by(ask: SimpleNamespace) -> None:
    over = [{"when": {"question": "q1", "is": "equals", "value": "red"}, "page": "p3"}, {"page": "p2"}]
    asked = ask.asked(
        ask.page("p1", ask.question("q1"), jumpTo=over),
        ask.page("p2", ask.question("q2")),
        ask.page("p3", ask.question("q3")),
    )

    assert pages(asked, q1="red") == ["p1", "p3"]
    assert pages(asked, q1="blue") == ["p1", "p2", "p3"]


def test_answers_that_others_hide_fall_away(asked: Questionnaire) -> None:
    """Whoever says that she rides, answers, and then says that she does not, leaves no trace of the first."""
    route = walk(asked, {"age": 30, "rides": "no", "often": 1, "why": "Too dear", "words": "Hi"})

    assert route.answers == {"age": 30, "rides": "no", "words": "Hi"}


def test_a_question_is_shown_by_one_of_its_page(asked: Questionnaire) -> None:
    often = walk(asked, {"age": 30, "rides": "yes", "often": 5})
    rarely = walk(asked, {"age": 30, "rides": "yes", "often": 2})

    assert [question.id for question in often.shown["habits"]] == ["often"]
    assert [question.id for question in rarely.shown["habits"]] == ["often", "why"]


def test_the_way_is_walked_in_both_directions(asked: Questionnaire) -> None:
    route = walk(asked, {"age": 30, "rides": "yes", "often": 5})

    assert (route.before("who"), route.after("who")) == (None, "riding")
    assert (route.before("last"), route.after("last")) == ("skipped", None)
    assert route.number("habits") == 3


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({}, "who"),
        ({"age": 30}, "riding"),
        ({"age": 30, "rides": "yes"}, "habits"),
        ({"age": 30, "rides": "yes", "often": 5}, "skipped"),
        ({"age": 30, "rides": "no", "never": "-"}, "last"),
        ({"age": 30, "rides": "no", "words": "Hi"}, None),
        ({"rides": "no", "words": "Hi"}, "who"),
        ({"age": 9}, None),
    ],
)
def test_whoever_comes_back_goes_on_where_she_was(
    answers: dict[str, object], place: str | None, asked: Questionnaire
) -> None:
    assert walk(asked, answers).resumed() == place


def test_what_is_needed_and_missing_is_named(asked: Questionnaire) -> None:
    assert walk(asked, {"age": 30, "rides": "yes"}).lacking() == [("/answers/often", "needs an answer")]
    assert walk(asked, {"age": 9}).lacking() == []


def test_answers_that_do_not_fit_are_refused_together(asked: Questionnaire) -> None:
    with pytest.raises(AnswerRefused) as refused:
        fitting(asked, {"age": "old", "rides": "yes", "shoe": 42})

    assert refused.value.errors == [("/answers/age", "is a number"), ("/answers/shoe", "is no question of this survey")]
