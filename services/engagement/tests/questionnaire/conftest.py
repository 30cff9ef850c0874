"""Builders of definitions, in the contract's spelling."""

from types import SimpleNamespace
from typing import Any

import pytest

from engagement.questionnaire.model import Questionnaire, read

Json = dict[str, Any]


def options(*codes: str) -> list[Json]:
    return [{"code": code, "text": {"en": code.title()}} for code in codes]


def question(name: str = "q1", kind: str = "single", **values: Any) -> Json:
    """A question with what its type needs."""
    needed: Json = {}
    if kind in ("single", "multiple", "ranking", "image_choice", "matrix_single", "matrix_multiple"):
        needed["options"] = options("red", "green", "blue")
    if kind.startswith("matrix"):
        needed["rows"] = options("street", "park")
    if kind == "image_choice":
        picture = {"id": "01900000-0000-7000-8000-000000000001", "alt": {"en": "A colour"}}
        needed["options"] = [each | {"picture": picture} for each in needed["options"]]
    return {"id": name, "type": kind, "text": {"en": f"{name}?"}} | needed | values


def page(name: str, *questions: Json, **values: Any) -> Json:
    return {"id": name, "questions": list(questions)} | values


def definition(*pages: Json, **values: Any) -> Json:
    return {"pages": list(pages)} | values


def asked(*pages: Json, **values: Any) -> Questionnaire:
    return read(definition(*pages, **values))


@pytest.fixture(scope="session")
def ask() -> SimpleNamespace:
    return SimpleNamespace(options=options, question=question, page=page, definition=definition, asked=asked, read=read)
