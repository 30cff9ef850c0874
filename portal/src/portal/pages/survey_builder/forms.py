"""Questions, pages and texts of a survey as forms bring them. Texts have a field a language, `text.ca`; options stand
one a line, `code = text`, and share their codes among languages."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from portal.language import _
from portal.peers.wire import Json

TYPES = (
    "single", "multiple", "yes_no", "short_text", "long_text", "number", "date", "scale", "nps", "csat", "ranking",
    "matrix_single", "matrix_multiple", "location", "consent", "statement", "image_choice",
)  # fmt: skip
OPERATORS = (
    "equals", "not_equals", "contains_any", "contains_all", "contains_none", "greater", "at_least", "less", "at_most",
    "between", "before", "after", "answered", "not_answered",
)  # fmt: skip
CONDITIONS = 2  # comparisons that the form holds
_LISTS = frozenset({"contains_any", "contains_all", "contains_none", "between"})
_NUMERIC = frozenset({"number", "scale", "nps", "csat"})
_LINE = re.compile(r"\s*([a-z0-9_]{1,40})\s*=\s*(.+)")
Form = Mapping[str, str]


class Misread(Exception):
    """A field cannot be understood: its id and what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.mistake = (field, message)


def text(form: Form, name: str, languages: Iterable[str]) -> dict[str, str]:
    """By language; those that were left empty are not there."""
    typed = {language: (form.get(f"{name}.{language}") or "").replace("\r\n", "\n").strip() for language in languages}
    return {language: said for language, said in typed.items() if said}


def question(form: Form, name: str, kind: str, languages: list[str], held: Json) -> Json:
    """The question that the form describes; `held` is the one before, whose pictures stay. Raises Misread."""
    made: Json = {"id": name, "type": kind, "text": text(form, "text", languages)}
    if not made["text"]:
        raise Misread(f"text.{languages[0]}", _("Write the question"))
    for each in ("help", "unit", "low", "high"):
        if said := text(form, each, languages):
            made[each] = said
    for each in ("options", "rows"):
        if listed := _listed(form, each, languages, held.get(each, ())):
            made[each] = listed
    for each in ("min", "max"):
        if (bound := _number(form, each)) is not None:
            made[each] = bound
    for each in ("required", "shuffle"):
        if form.get(each):
            made[each] = True
    alone = form.get("exclusive", "").strip()
    for option in made.get("options", ()):
        if option["code"] == alone:
            option["exclusive"] = True
    return made


def condition(form: Form, known: list[Json]) -> Json | None:
    """The comparisons of the form joined; None without any. Raises Misread."""
    kinds = {each["id"]: each["type"] for each in known}
    found = []
    for number in range(CONDITIONS):
        asked, operator = form.get(f"if.{number}.question", ""), form.get(f"if.{number}.is", "")
        if asked not in kinds:
            continue
        if operator not in OPERATORS:
            raise Misread(f"if.{number}.is", _("Choose how the answer is compared"))
        leaf: Json = {"question": asked, "is": operator}
        if row := form.get(f"if.{number}.row", "").strip():
            leaf["row"] = row
        if operator not in ("answered", "not_answered"):
            leaf["value"] = _value(form.get(f"if.{number}.value", ""), kinds[asked], operator, f"if.{number}.value")
        found.append(leaf)
    if len(found) > 1:
        return {"any" if form.get("if.join") == "any" else "all": found}
    return found[0] if found else None


def condition_fields(held: Json | None) -> dict[str, str]:
    """The fields of a condition, as far as the form can hold it."""
    joint = next((each for each in ("all", "any") if held and each in held), None)
    leaves = held[joint] if held and joint else [held] if held else []
    fields = {"if.join": joint or "all"}
    for number, leaf in enumerate(leaves[:CONDITIONS]):
        value = leaf.get("value", "")
        fields[f"if.{number}.question"] = leaf.get("question", "")
        fields[f"if.{number}.is"] = leaf.get("is", "")
        fields[f"if.{number}.row"] = leaf.get("row", "")
        fields[f"if.{number}.value"] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return fields


def lines(listed: Iterable[Json], language: str) -> str:
    """Options as the form shows them."""
    return "\n".join(f"{each['code']} = {each['text'].get(language, '')}".rstrip() for each in listed)


def _listed(form: Form, name: str, languages: list[str], held: Iterable[Json]) -> list[Json]:
    kept = {each["code"]: each for each in held}
    made: dict[str, Json] = {}
    for language in languages:
        for line in (form.get(f"{name}.{language}") or "").splitlines():
            if not line.strip() or line.strip().endswith("="):
                continue
            parts = _LINE.fullmatch(line.rstrip())
            if parts is None:
                message = _("Write each line as code = text, for example bus = By bus")
                raise Misread(f"{name}.{language}", message)
            option = made.setdefault(parts[1], {"code": parts[1], "text": {}})
            option["text"][language] = parts[2]
    return [{**_picture(kept.get(code)), **option} for code, option in made.items()]


def _picture(option: Json | None) -> dict[str, Any]:
    return {"picture": option["picture"]} if option and "picture" in option else {}


def _number(form: Form, name: str) -> float | None:
    typed = form.get(name, "").strip()
    return _as_number(typed, name) if typed else None


def _value(typed: str, kind: str, operator: str, field: str) -> Json:
    parts = [part.strip() for part in typed.replace("،", ",").split(",") if part.strip()]
    if not parts:
        raise Misread(field, _("Write what the answer is compared with"))
    values: list[Json] = [_as_number(part, field) if kind in _NUMERIC else part for part in parts]
    return values if operator in _LISTS else values[0]


def _as_number(typed: str, field: str) -> float:
    try:
        value = float(typed)
    except ValueError:
        raise Misread(field, _("Write a number")) from None
    return int(value) if value == int(value) else value
