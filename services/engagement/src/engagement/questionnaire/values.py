"""Whether a value answers a question."""

from collections.abc import Callable
from datetime import date
from typing import Any

from engagement.questionnaire.model import Question, Type

Value = Any  # a JSON value; these functions say whether it has the shape of its question's type


def fault(question: Question, value: Value) -> str | None:
    """What is wrong with the value; None when it answers the question."""
    return _FAULTS[question.type](question, value)


def _code(question: Question, value: Value) -> str | None:
    return None if isinstance(value, str) and value in question.codes else "is none of the options"


def _codes(question: Question, value: Value) -> str | None:
    if not isinstance(value, list) or not value:
        return "is a list of codes"
    if any(_code(question, each) for each in value):
        return "holds what is none of the options"
    if len(set(value)) != len(value):
        return "holds a code twice"
    alone = {option.code for option in question.options if option.exclusive}
    if len(value) > 1 and alone & set(value):
        return "combines an option that stands alone with others"
    if not alone & set(value) and not _within(question, len(value)):
        return f"holds {len(value)} choices; {_bounds(question)}"
    return None


def _text(question: Question, value: Value) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "is a text"
    return None if _within(question, len(value)) else f"has {len(value)} characters; {_bounds(question)}"


def _number(question: Question, value: Value) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "is a number"
    return None if _within(question, value) else f"is outside the range; {_bounds(question)}"


def _whole_number(question: Question, value: Value) -> str | None:
    return _number(question, value) if isinstance(value, int) else "is a whole number"


def _date(_question: Question, value: Value) -> str | None:
    try:
        return None if date.fromisoformat(value).isoformat() == value else "is a date, YYYY-MM-DD"
    except (TypeError, ValueError):
        return "is a date, YYYY-MM-DD"


def _ranking(question: Question, value: Value) -> str | None:
    complete = isinstance(value, list) and sorted(map(str, value)) == sorted(question.codes)
    return None if complete else "names every option once"


def _matrix(of_row: Callable[[Question, Value], str | None]) -> Callable[[Question, Value], str | None]:
    def check(question: Question, value: Value) -> str | None:
        if not isinstance(value, dict) or not value:
            return "is an answer for each row"
        rows = {row.code for row in question.rows}
        if not value.keys() <= rows:
            return "names what is none of the rows"
        if question.required and value.keys() != rows:
            return "leaves a row out"
        return next((found for each in value.values() if (found := of_row(question, each))), None)

    return check


def _location(question: Question, value: Value) -> str | None:
    if not isinstance(value, dict):
        return "is a place"
    if value.keys() == {"district"} and question.codes:
        return _code(question, value["district"])
    if value.keys() == {"lat", "lon"} and not question.codes:
        latitude, longitude = value["lat"], value["lon"]
        numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in value.values())
        return None if numbers and abs(latitude) <= 90 and abs(longitude) <= 180 else "is no point of the earth"
    return "is one of the districts" if question.codes else "is a point: lat and lon"


def _consent(_question: Question, value: Value) -> str | None:
    return None if value is True else "is true, or left out"


def _none(_question: Question, _value: Value) -> str | None:
    return "takes no answer"


def _within(question: Question, measure: float) -> bool:
    low, high = question.minimum, question.maximum
    return (low is None or measure >= low) and (high is None or measure <= high)


def _bounds(question: Question) -> str:
    named = (("at least", question.minimum), ("at most", question.maximum))
    return ", ".join(f"{name} {bound:g}" for name, bound in named if bound is not None)


_FAULTS: dict[Type, Callable[[Question, Value], str | None]] = {
    Type.SINGLE: _code,
    Type.MULTIPLE: _codes,
    Type.YES_NO: _code,
    Type.SHORT_TEXT: _text,
    Type.LONG_TEXT: _text,
    Type.NUMBER: _number,
    Type.DATE: _date,
    Type.SCALE: _whole_number,
    Type.NPS: _whole_number,
    Type.CSAT: _whole_number,
    Type.RANKING: _ranking,
    Type.MATRIX_SINGLE: _matrix(_code),
    Type.MATRIX_MULTIPLE: _matrix(_codes),
    Type.IMAGE_CHOICE: _code,
    Type.LOCATION: _location,
    Type.CONSENT: _consent,
    Type.STATEMENT: _none,
}
