"""What a definition lacks before it can be published: each fault with its JSON pointer."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from engagement.questionnaire.conditions import leaves
from engagement.questionnaire.model import (
    CODED,
    MATRICES,
    NUMBERS,
    Jump,
    Option,
    Question,
    Questionnaire,
    Raw,
    Type,
)
from engagement.questionnaire.route import Faults
from engagement.questionnaire.values import fault

PIPE = re.compile(r"\{\{\s*([a-z0-9_]{1,40})\s*\}\}")
_LISTS = frozenset({"contains_any", "contains_all", "contains_none"})
_MEASURES = frozenset({"greater", "at_least", "less", "at_most", "between"})
_DATES = frozenset({"before", "after"})
_NOT_IN_WORDS = MATRICES | {Type.YES_NO, Type.CONSENT, Type.LOCATION, Type.STATEMENT}
_ALWAYS = frozenset({"answered", "not_answered"})
_OF_CODES = frozenset({"equals", "not_equals"}) | _LISTS
_OPERATORS: dict[Type, frozenset[str]] = {
    **dict.fromkeys((Type.SINGLE, Type.YES_NO, Type.IMAGE_CHOICE), _OF_CODES),
    **dict.fromkeys((Type.MULTIPLE, Type.RANKING, Type.MATRIX_MULTIPLE), _LISTS),
    **dict.fromkeys(NUMBERS, _MEASURES | {"equals", "not_equals"}),
    Type.MATRIX_SINGLE: _OF_CODES,
    Type.DATE: _DATES | {"equals", "not_equals", "between"},
    Type.STATEMENT: frozenset(),
}


def gaps(asked: Questionnaire, language: str) -> Faults:
    """Everything that is wrong, in order; `language` is the one that every text must have."""
    return [*_checked(asked, language)]


def _checked(asked: Questionnaire, language: str) -> Iterator[tuple[str, str]]:
    if not any(question.takes_answer for question in asked.questions()):
        yield "/definition/pages", "asks nothing yet"
    yield from _twice("/definition/pages", (page.id for page in asked.pages), "id of a page")
    yield from _twice("/definition/pages", (each.id for each in asked.questions()), "id of a question")
    yield from _twice("/definition/quotas", (quota.id for quota in asked.quotas), "id of a quota")
    met: dict[str, Question] = {}
    for place, page in enumerate(asked.pages):
        pointer = f"/definition/pages/{place}"
        if not page.questions:
            yield f"{pointer}/questions", "holds no question"
        for number, question in enumerate(page.questions):
            yield from _question(f"{pointer}/questions/{number}", question, met, language)
            met[question.id] = question
        yield from _jumps(f"{pointer}/jumpTo", asked, place, met)
    for place, quota in enumerate(asked.quotas):
        yield from _condition(f"/definition/quotas/{place}/when", quota.when, met)
    yield from _unreachable(asked)


def _question(pointer: str, question: Question, met: dict[str, Question], language: str) -> Iterator[tuple[str, str]]:
    if language not in question.text:
        yield f"{pointer}/text", f"has no text in {language}"
    for name, needed, listed in (
        ("options", _fewest_options(question), question.options),
        ("rows", 1 if question.type in MATRICES else 0, question.rows),
    ):
        if len(listed) < needed:
            yield f"{pointer}/{name}", f"needs at least {needed}"
        yield from _twice(f"{pointer}/{name}", (each.code for each in listed), "code")
        yield from _options(f"{pointer}/{name}", question, listed, language)
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        yield f"{pointer}/min", "is greater than max"
    if question.type is Type.MULTIPLE and (question.minimum or 0) > len(question.options):
        yield f"{pointer}/min", "asks for more choices than there are"
    if question.show_if is not None:
        yield from _condition(f"{pointer}/showIf", question.show_if, met)
    repeatable = {name for name, each in met.items() if each.type not in _NOT_IN_WORDS}
    for name, text in (("text", question.text), ("help", question.help or {})):
        for referred in sorted({found for each in text.values() for found in PIPE.findall(each)} - repeatable):
            yield f"{pointer}/{name}", f"repeats the answer to {referred}, which is not asked before in words"


def _fewest_options(question: Question) -> int:
    return 2 if question.type in CODED | MATRICES else 0


def _options(pointer: str, question: Question, listed: Iterable[Option], language: str) -> Iterator[tuple[str, str]]:
    for place, option in enumerate(listed):
        if language not in option.text:
            yield f"{pointer}/{place}/text", f"has no text in {language}"
        if option.exclusive and question.type not in (Type.MULTIPLE, Type.MATRIX_MULTIPLE):
            yield f"{pointer}/{place}/exclusive", "belongs to questions with several choices"
        if question.type is Type.IMAGE_CHOICE and (option.picture is None or language not in option.picture["alt"]):
            yield f"{pointer}/{place}/picture", f"needs a picture with a description in {language}"


def _condition(pointer: str, condition: Raw, met: dict[str, Question]) -> Iterator[tuple[str, str]]:
    """A condition looks back: what it asks about has been met."""
    for leaf, place in leaves(condition, pointer):
        question = met.get(leaf.get("question", ""))
        if "question" not in leaf or "is" not in leaf:
            yield place, "compares nothing"
        elif question is None:
            yield place, f"asks about {leaf['question']}, which is not asked before"
        elif leaf["is"] not in _OPERATORS.get(question.type, frozenset()) | _ALWAYS:
            yield place, f"{leaf['is']} does not fit a question of type {question.type}"
        elif question.type in MATRICES and leaf["is"] not in _ALWAYS and "row" not in leaf:
            yield place, "names no row"
        elif "row" in leaf and leaf["row"] not in {row.code for row in question.rows}:
            yield place, f"{leaf['row']} is no row of {question.id}"
        elif leaf["is"] not in _ALWAYS and not _comparable(question, leaf["is"], leaf.get("value")):
            yield place, "compares with what no answer can be"


def _comparable(question: Question, operator: str, value: Any) -> bool:  # Any: what an official wrote there
    if operator in _LISTS:
        return isinstance(value, list) and bool(value) and all(each in question.codes for each in value)
    if operator == "between":
        return isinstance(value, list) and len(value) == 2 and all(_is_value(question, each) for each in value)
    return _is_value(question, value)


def _is_value(question: Question, value: Any) -> bool:
    if question.type in NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if question.type is Type.MATRIX_SINGLE:
        return value in question.codes
    return fault(question, value) is None


def _jumps(pointer: str, asked: Questionnaire, place: int, met: dict[str, Question]) -> Iterator[tuple[str, str]]:
    places = {page.id: number for number, page in enumerate(asked.pages)}
    for number, jump in enumerate(asked.pages[place].jumps):
        if jump.when is not None:
            yield from _condition(f"{pointer}/{number}/when", jump.when, met)
        if jump.page is not None and places.get(jump.page, -1) <= place:
            known = "leads back, which could go round for ever" if jump.page in places else "leads to no page"
            yield f"{pointer}/{number}/page", known
        if jump.ending is not None and jump.ending not in asked.endings:
            yield f"{pointer}/{number}/ending", "leads to no ending"
        if (jump.page is None) == (jump.ending is None):
            yield f"{pointer}/{number}", "leads to a page or to an ending"


def _unreachable(asked: Questionnaire) -> Iterator[tuple[str, str]]:
    places = {page.id: number for number, page in enumerate(asked.pages)}
    reached = {0}
    for place, page in enumerate(asked.pages):
        if place not in reached:
            yield f"/definition/pages/{place}", "is never reached"
            continue
        reached |= {places[jump.page] for jump in page.jumps if jump.page in places}
        if not any(_always(jump, page.questions) for jump in page.jumps):
            reached.add(place + 1)


def _always(jump: Jump, questions: Iterable[Question]) -> bool:
    """Whether nobody goes on to the next page: a page that may be passed by takes no jump."""
    return jump.when is None and any(question.show_if is None for question in questions)


def _twice(pointer: str, names: Iterable[str], what: str) -> Iterator[tuple[str, str]]:
    for name, number in Counter(names).items():
        if number > 1:
            yield pointer, f"{name} is the {what} twice"
