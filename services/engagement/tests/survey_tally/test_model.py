"""What a response says, question type by question type."""

from typing import Any
from uuid import UUID

import pytest

from engagement.questionnaire.model import read
from engagement.survey_tally.model import Given, Measure, Said, Variable, number_code, said, variables

_ID = UUID(int=1)


def question(kind: str, **values: Any) -> dict[str, Any]:
    return {"id": "q", "type": kind, "text": {"en": "?"}} | values


def options(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "text": {"en": code}} for code in codes]


def says(asked: list[dict[str, Any]], answers: dict[str, Any], **values: Any) -> Said | None:
    questionnaire = read({"pages": [{"id": "p", "questions": asked}]})
    standard: dict[str, Any] = {"id": _ID, "counts": True, "answers": answers, "channel": "web", "ladder_step": 3}
    given = Given(**standard | {"weight": None, "profile": {}, "language": "en"} | values)
    return said(questionnaire, variables(questionnaire), given)


@pytest.mark.parametrize(
    ("asked", "answer", "codes"),
    [
        (question("single", options=options("a", "b")), "a", {"q": ["a"]}),
        (question("yes_no"), "no", {"q": ["no"]}),
        (question("multiple", options=options("a", "b", "c")), ["a", "c"], {"q": ["a", "c"]}),
        (question("scale", min=0, max=10), 10, {"q": ["10"]}),
        (question("nps"), 0, {"q": ["0"]}),
        (question("date"), "2026-05-31", {"q": ["2026-05"]}),
        (question("ranking", options=options("a", "b", "c")), ["c", "a", "b"],
         {"q.a": ["2"], "q.b": ["3"], "q.c": ["1"]}),
        (question("matrix_single", rows=options("r", "s"), options=options("a", "b")), {"r": "b"},
         {"q.r": ["b"], "q.s": ["?"]}),
        (question("matrix_multiple", rows=options("r"), options=options("a", "b")), {"r": ["a", "b"]},
         {"q.r": ["a", "b"]}),
        (question("location", options=options("north", "south")), {"district": "south"}, {"q": ["south"]}),
        (question("location"), {"lat": 41.4, "lon": 2.1}, {"q": []}),
        (question("consent"), True, {"q": []}),
        (question("statement"), None, {}),
        (question("single", options=options("a", "b")), None, {"q": ["?"]}),
    ],
)  # fmt: skip
def test_an_answer_is_counted_by_its_codes(asked: dict[str, Any], answer: Any, codes: dict[str, list[str]]) -> None:
    found = says([asked], {} if answer is None else {"q": answer})

    assert found is not None
    assert found.codes == {"@all": [], "@channel": ["web"], "@step": ["3"]} | codes


def test_a_number_is_counted_and_summed() -> None:
    found = says([question("number")], {"q": 1234.5})

    assert found is not None
    assert (found.codes["q"], found.numbers) == (["1230"], {"q": 1234.5})


@pytest.mark.parametrize(
    ("value", "code"),
    [(7, "7"), (999, "999"), (1234, "1230"), (0.12345, "0.123"), (-2.5, "-2.5"), (2_000_001, "2000000")],
)
def test_numbers_are_kept_to_three_digits(value: float, code: str) -> None:
    assert number_code(value) == code


def test_a_text_gives_its_terms_alone() -> None:
    found = says([question("long_text")], {"q": "More trees along the river"})

    assert found is not None
    assert (found.codes["q"], found.terms) == ([], {"q": ["along", "river", "trees"]})


def test_a_question_that_was_not_asked_is_not_one_that_was_not_answered() -> None:
    first = question("yes_no", id="first")
    second = question("yes_no", showIf={"question": "first", "is": "equals", "value": "yes"})

    asked, passed_by = says([first, second], {"first": "yes"}), says([first, second], {"first": "no", "q": "yes"})

    assert asked is not None and asked.codes["q"] == ["?"]
    assert passed_by is not None and passed_by.codes["q"] == ["-"]


def test_bands_of_a_profile_are_counted_as_they_were_at_submission() -> None:
    found = says([], {}, profile={"age": "25-34", "district": ""}, weight=1.5)

    assert found is not None
    assert (found.weight, found.codes["@profile.age"]) == (1.5, ["25-34"])
    assert "@profile.district" not in found.codes


def test_what_does_not_count_says_nothing() -> None:
    assert says([question("yes_no")], {"q": "yes"}, counts=False) is None


def test_closed_questions_alone_are_counted_in_pairs() -> None:
    few, many = tuple("abc"), tuple(str(number) for number in range(25))

    assert Variable("q", Measure.CHOICE, "q", codes=few).closed
    assert Variable("q", Measure.SCALE, "q", codes=few).closed
    assert not Variable("q", Measure.CHOICE, "q", codes=many).closed
    assert not Variable("q", Measure.TEXT, "q").closed
