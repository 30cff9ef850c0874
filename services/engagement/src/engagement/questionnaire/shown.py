"""A page as one person meets it: what she answered before stands in the texts, and options come in her own order."""

import random
import re
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from engagement.processes.model import Text
from engagement.questionnaire.checks import PIPE
from engagement.questionnaire.conditions import settled
from engagement.questionnaire.model import Answers, Question, Questionnaire, Raw
from engagement.questionnaire.route import Route
from engagement.questionnaire.values import Value

_BLANK = "…"


def met(definition: Raw, asked: Questionnaire, route: Route, page_id: str, seed: UUID | None) -> dict[str, Any]:
    """The page in the contract's spelling, which must lie on the route. All its questions are there; `shown` says which
    are shown now, and what is left of `showIf` hangs on answers of this page alone. `seed` is the response's id; None
    leaves options in their order."""
    raw = next(page for page in definition["pages"] if page["id"] == page_id)
    page = next(page for page in asked.pages if page.id == page_id)
    here = frozenset(question.id for question in page.questions)
    shown = {question.id for question in route.shown[page_id]}
    questions = [
        _question(each, question, asked, route.answers, seed)
        | {"shown": question.id in shown}
        | ({"showIf": settled(question.show_if, route.answers, here)} if question.show_if else {})
        for each, question in zip(raw["questions"], page.questions, strict=True)
    ]
    titled = {"title": raw["title"]} if "title" in raw else {}
    place = {"number": route.number(page_id), "of": len(route.pages), "before": route.before(page_id)}
    answers = {name: value for name, value in route.answers.items() if name in here}
    return {"id": page_id, **titled, **place, "questions": questions, "answers": answers}


def piped(text: Text, asked: Questionnaire, answers: Answers) -> Text:
    """The text with `{{question}}` replaced by the answer in words. It is text still, and no page takes it for more."""
    if not any("{{" in each for each in text.values()):
        return text
    questions = {question.id: question for question in asked.questions()}

    def in_words(language: str, found: re.Match[str]) -> str:
        name = found[1]
        return said(questions[name], answers[name], language) if name in questions and name in answers else _BLANK

    return {language: PIPE.sub(partial(in_words, language), each) for language, each in text.items()}


def said(question: Question, answer: Value, language: str) -> str:
    """An answer in words: codes by the texts of their options."""
    names = {option.code: _in(option.text, language) for option in question.options}
    given = answer if isinstance(answer, list) else [answer]
    return ", ".join(names.get(each, str(each)) for each in given)


def _question(
    raw: Raw, question: Question, asked: Questionnaire, answers: Answers, seed: UUID | None
) -> dict[str, Any]:
    texts = {name: piped(raw[name], asked, answers) for name in ("text", "help") if name in raw}
    options = {"options": _ordered(raw["options"], question, seed)} if "options" in raw else {}
    return {**raw, **texts, **options}


def _ordered(options: Sequence[Raw], question: Question, seed: UUID | None) -> list[Raw]:
    """Shuffled by the response where the question says so; what excludes the others stays last."""
    if not question.shuffled or seed is None:
        return list(options)
    mixed = [option for option in options if not option.get("exclusive")]
    random.Random(f"{seed}:{question.id}").shuffle(mixed)
    return mixed + [option for option in options if option.get("exclusive")]


def _in(text: Text, language: str) -> str:
    return text.get(language) or next(iter(text.values()))
