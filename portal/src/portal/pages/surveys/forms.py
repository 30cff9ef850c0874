"""Answers as a form of a page brings them, and as pages show them.

A field `a.<question>` holds an answer, `a.<question>.<row>` that of a row; `seen` names questions that were shown. What
is malformed is sent on as it was typed: the block says what does not fit, and nothing is lost.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.language import _, listed, number_text, plain
from portal.peers.engagement.surveys import Question

_RANGES = {"scale": (1, 5), "nps": (0, 10), "csat": (1, 5)}
Form = MultiDict[str, str]
Value = Any  # of an answer, whose shape follows from the question's type


def read(questions: Iterable[Question], form: Form) -> dict[str, Value]:
    """Answers to the questions of a page; what was left empty is not there."""
    found = {question.id: _READERS.get(question.type, _text)(question, form) for question in questions}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def seen(questions: Iterable[Question], form: Form) -> list[str]:
    """Questions that the person was shown."""
    known = [question.id for question in questions]
    return [name for name in form.getlist("seen") if name in known]


def moved(order: list[str], code: str, direction: str) -> list[str]:
    """The codes with one of them a place higher (`up`) or lower."""
    if code not in order:
        return order
    place = order.index(code)
    other = place + (-1 if direction == "up" else 1)
    changed = list(order)
    if 0 <= other < len(order):
        changed[place], changed[other] = changed[other], changed[place]
    return changed


def order(question: Question, answer: Value) -> list[str]:
    """A ranking as it stands: as answered, else as asked."""
    codes = [option.code for option in question.options]
    return answer if isinstance(answer, list) and sorted(answer) == sorted(codes) else codes


def steps(question: Question) -> range:
    """Numbers of a scale."""
    least, most = _RANGES[question.type]
    return range(
        int(question.min if question.min is not None else least),
        int(question.max if question.max is not None else most) + 1,
    )


def advice(question: Question, answer: Value) -> str:
    """What to do about an answer that was not taken; None was not given."""
    if answer is None:
        return _("Answer this question")
    said = _ADVICE.get(question.type, lambda: _("Choose one of the answers"))()
    return said + _bounds(question.min, question.max)


def in_words(question: Question, answer: Value) -> str:
    """An answer as the check shows it."""
    names = {option.code: plain(option.text) for option in question.options}
    if question.type == "yes_no":
        names = {"yes": _("Yes"), "no": _("No")}
    if question.type == "consent":
        return _("Agreed")
    if question.type == "ranking":
        return ", ".join(f"{number_text(place)}. {names.get(code, code)}" for place, code in enumerate(answer, 1))
    if isinstance(answer, dict):
        rows = {row.code: plain(row.text) for row in question.rows}
        return "; ".join(f"{rows[row]}: {_said(value, names)}" if row in rows else _said(value, names)
                         for row, value in answer.items())  # fmt: skip
    return _said(answer, names)


def _said(value: Value, names: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return listed([names.get(each, each) for each in value])
    return names.get(value, value) if isinstance(value, str) else number_text(value)


def _bounds(least: float | None, most: float | None) -> str:
    told = {
        (True, True): lambda: _(" (from %(least)s to %(most)s)", least=_number(least), most=_number(most)),
        (True, False): lambda: _(" (at least %(least)s)", least=_number(least)),
        (False, True): lambda: _(" (at most %(most)s)", most=_number(most)),
    }.get((least is not None, most is not None))
    return told() if told else ""


def _number(value: float | None) -> str:
    return number_text(int(value) if value == int(value or 0) else value or 0)  # type: ignore[arg-type]


def _text(question: Question, form: Form) -> Value:
    return (form.get(f"a.{question.id}") or "").replace("\r\n", "\n").strip()


def _codes(question: Question, form: Form) -> Value:
    return form.getlist(f"a.{question.id}")


def _numeric(question: Question, form: Form) -> Value:
    """As typed where it is no number; digits of any script, comma or point."""
    typed = str(_text(question, form))
    try:
        value = float(typed.replace(",", ".").replace("\N{ARABIC DECIMAL SEPARATOR}", "."))
    except ValueError:
        return typed
    return int(value) if value == int(value) else value


def _ranked(question: Question, form: Form) -> Value:
    """Only an order that the person calls her own is an answer."""
    return _codes(question, form) if form.get(f"own.{question.id}") else None


def _rows(of_row: Callable[[Form, str], Value]) -> Callable[[Question, Form], Value]:
    def read_rows(question: Question, form: Form) -> Value:
        given = {row.code: of_row(form, f"a.{question.id}.{row.code}") for row in question.rows}
        return {row: value for row, value in given.items() if value}

    return read_rows


def _place(question: Question, form: Form) -> Value:
    if question.options:
        code = _text(question, form)
        return {"district": code} if code else None
    typed = {name: form.get(f"a.{question.id}.{name}", "").strip() for name in ("lat", "lon")}
    if not any(typed.values()):
        return None
    try:
        return {name: float(text.replace(",", ".")) for name, text in typed.items()}
    except ValueError:
        return typed


_ADVICE: dict[str, Callable[[], str]] = {
    **dict.fromkeys(("number", "scale", "nps", "csat"), lambda: _("Write a number")),
    **dict.fromkeys(("short_text", "long_text"), lambda: _("This text is too short or too long")),
    **dict.fromkeys(("matrix_single", "matrix_multiple"), lambda: _("Answer each line")),
    "multiple": lambda: _("Choose as many as are asked for"),
    "date": lambda: _("Write the date as year, month and day, for example 2026-05-31"),
    "location": lambda: _("Write a place on the earth in degrees"),
}
_READERS: dict[str, Callable[[Question, Form], Value]] = {
    "multiple": _codes,
    "number": _numeric,
    "scale": _numeric,
    "nps": _numeric,
    "csat": _numeric,
    "ranking": _ranked,
    "matrix_single": _rows(lambda form, name: form.get(name)),
    "matrix_multiple": _rows(lambda form, name: form.getlist(name)),
    "location": _place,
    "consent": lambda question, form: bool(form.get(f"a.{question.id}")) or None,
    "statement": lambda question, form: None,
}
