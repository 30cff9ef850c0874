"""What a response says, as the figures count it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from engagement.contributions import Channel
from engagement.questionnaire.model import Answers, Question, Questionnaire, Type
from engagement.questionnaire.route import walk
from engagement.survey_tally.terms import terms

ANSWERED, MISSING, SKIPPED = "*", "?", "-"
"""Codes beside those of answers: any answer, none though it was asked, not asked by the survey's logic."""

ALL, CHANNEL, STEP, PROFILE = "@all", "@channel", "@step", "@profile."
LADDER = ("0", "1", "2", "3", "4")
MOST_CROSSED = 64
"""Variables of a survey that are counted in pairs: at most 2,016 pairs. Later ones have figures of their own alone."""
MOST_CODES = 24
"""Answers that a variable may have to be counted in pairs."""
_MOST_ATTRIBUTES = 8
_ATTRIBUTE = re.compile(r"[^/]{1,60}")


class Measure(StrEnum):
    """How answers are counted."""

    CHOICE = "choice"  # one code
    CHOICES = "choices"  # any number of codes
    SCALE = "scale"  # one whole number, counted as a code; it has a mean
    NUMBER = "number"
    RANK = "rank"  # the place of an option, 1 for the best
    MONTH = "month"  # of a date
    TEXT = "text"
    GIVEN = "given"  # whether there is an answer


_MEASURES = {
    Type.SINGLE: Measure.CHOICE,
    Type.YES_NO: Measure.CHOICE,
    Type.IMAGE_CHOICE: Measure.CHOICE,
    Type.MULTIPLE: Measure.CHOICES,
    Type.SCALE: Measure.SCALE,
    Type.NPS: Measure.SCALE,
    Type.CSAT: Measure.SCALE,
    Type.NUMBER: Measure.NUMBER,
    Type.DATE: Measure.MONTH,
    Type.SHORT_TEXT: Measure.TEXT,
    Type.LONG_TEXT: Measure.TEXT,
}
_CLOSED = frozenset({Measure.CHOICE, Measure.CHOICES, Measure.SCALE})


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing that is counted. `part` is the row of a matrix or the option of a ranking. `codes` are those that an
    answer may have, in order; empty where they are not known before."""

    name: str
    measure: Measure
    question: str | None = None
    part: str | None = None
    codes: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether it is counted in pairs with others."""
        return self.measure in _CLOSED and len(self.codes) <= MOST_CODES


@dataclass(frozen=True, slots=True)
class Given:
    """A response, as far as the figures ask. `counts`: submitted, and neither withdrawn nor found invalid."""

    id: UUID
    counts: bool
    answers: Answers
    channel: str
    ladder_step: int
    weight: float | None
    profile: Mapping[str, str]
    language: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one response puts into the figures: codes by variable, numbers by variable, terms by question."""

    weight: float
    codes: dict[str, list[str]]
    numbers: dict[str, float] = field(default_factory=dict)
    terms: dict[str, list[str]] = field(default_factory=dict)


def variables(asked: Questionnaire) -> list[Variable]:
    """All that a questionnaire's answers are counted by, in its order, after the channel and the step."""
    attributes = [
        Variable(CHANNEL, Measure.CHOICE, codes=tuple(each.value for each in Channel)),
        Variable(STEP, Measure.CHOICE, codes=LADDER),
    ]
    return attributes + [each for question in asked.questions() for each in _of_question(question)]


def said(asked: Questionnaire, known: Iterable[Variable], given: Given) -> Said | None:
    """What the response says; None where it does not count. Answers beside its way through the questionnaire say
    nothing."""
    if not given.counts:
        return None
    route = walk(asked, given.answers)
    met = {question.id for questions in route.shown.values() for question in questions}
    whole = Said(1.0 if given.weight is None else given.weight, _attributes(given))
    for variable in known:
        if variable.question is None:
            continue
        if variable.question not in met:
            whole.codes[variable.name] = [SKIPPED]
            continue
        value = _value(variable, route.answers.get(variable.question))
        if value is None:
            whole.codes[variable.name] = [MISSING]
        else:
            _note(whole, variable, value, given.language)
    return whole


def number_code(value: float) -> str:
    """A number as it is counted: whole to three digits, beyond that to three significant ones."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded}"


def _of_question(question: Question) -> list[Variable]:
    if not question.takes_answer:
        return []
    codes = tuple(question.codes)
    if question.type is Type.RANKING:
        places = tuple(str(place) for place in range(1, len(codes) + 1))
        return [Variable(f"{question.id}.{code}", Measure.RANK, question.id, code, places) for code in codes]
    if question.type in (Type.MATRIX_SINGLE, Type.MATRIX_MULTIPLE):
        measure = Measure.CHOICE if question.type is Type.MATRIX_SINGLE else Measure.CHOICES
        rows = [row.code for row in question.rows]
        return [Variable(f"{question.id}.{row}", measure, question.id, row, codes) for row in rows]
    if question.type is Type.LOCATION and codes:
        return [Variable(question.id, Measure.CHOICE, question.id, codes=codes)]
    measure = _MEASURES.get(question.type, Measure.GIVEN)
    if measure is Measure.SCALE:
        low, high = int(question.minimum or 0), int(question.maximum or 0)
        codes = tuple(str(value) for value in range(low, high + 1))
    return [Variable(question.id, measure, question.id, codes=codes)]


def _attributes(given: Given) -> dict[str, list[str]]:
    kept = sorted((name, band) for name, band in given.profile.items() if band and _ATTRIBUTE.fullmatch(name))
    named = {f"{PROFILE}{name}": [band[:40]] for name, band in kept[:_MOST_ATTRIBUTES]}
    return {ALL: [], CHANNEL: [given.channel], STEP: [str(given.ladder_step)]} | named


def _value(variable: Variable, answer: Any) -> Any:  # Any: a value's shape follows from its question's type
    """The part of a question's answer that this variable counts; None where there is none."""
    if answer is None or variable.part is None:
        return answer
    if variable.measure is Measure.RANK:
        return answer.index(variable.part) + 1 if variable.part in answer else None
    return answer.get(variable.part)


def _note(whole: Said, variable: Variable, value: Any, language: str | None) -> None:  # Any: as above
    name = variable.name
    whole.codes[name] = _codes(variable, value)
    if variable.measure is Measure.NUMBER:
        whole.numbers[name] = float(value)
    elif variable.measure is Measure.TEXT and (found := terms(value, language)):
        whole.terms[name] = found


def _codes(variable: Variable, value: Any) -> list[str]:  # Any: as above
    if variable.measure is Measure.CHOICES:
        return list(value)
    if variable.measure is Measure.CHOICE:
        code = value.get("district") if isinstance(value, dict) else value  # a place may be one of the districts
        return [code] if code else []
    if variable.measure is Measure.NUMBER:
        return [number_code(value)]
    if variable.measure is Measure.MONTH:
        return [value[:7]]
    return [str(value)] if variable.measure in (Measure.SCALE, Measure.RANK) else []
