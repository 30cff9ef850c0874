"""Whether a value answers a question."""

from types import SimpleNamespace
from typing import Any

import pytest

from engagement.questionnaire.values import fault


@pytest.mark.parametrize(
    ("kind", "more", "right", "wrong"),
    [
        ("single", {}, ["red"], ["pink", 1, None, ["red"]]),
        ("yes_no", {}, ["yes", "no"], ["maybe", True]),
        ("image_choice", {}, ["blue"], ["pink"]),
        (
            "multiple",
            {"min": 1, "max": 2},
            [["red"], ["red", "blue"]],
            [[], ["red", "red"], ["red", "green", "blue"], "red"],
        ),
        ("short_text", {"min": 2, "max": 5}, ["سوق", "abcde"], ["", "  ", "a", "abcdef", 5]),
        ("long_text", {}, ["x" * 4000], ["x" * 4001]),
        ("number", {"min": 0, "max": 10}, [0, 9.5, 10], [-1, 11, "5", True, None]),
        ("date", {}, ["2024-02-29"], ["2023-02-29", "20240229", "yesterday", 5]),
        ("scale", {}, [1, 5], [0, 6, 2.5, True, "3"]),
        ("scale", {"min": 0, "max": 10}, [0, 10], [11]),
        ("nps", {}, [0, 10], [11, -1]),
        ("csat", {}, [1, 5], [0, 6]),
        ("ranking", {}, [["blue", "red", "green"]], [["blue", "red"], ["blue", "blue", "red"], "blue", [1, 2, 3]]),
        (
            "matrix_single",
            {},
            [{"park": "red"}, {"park": "red", "street": "blue"}],
            [{}, {"zoo": "red"}, {"park": "pink"}, []],
        ),
        ("matrix_single", {"required": True}, [{"park": "red", "street": "blue"}], [{"park": "red"}]),
        ("matrix_multiple", {}, [{"park": ["red", "blue"]}], [{"park": "red"}, {"park": []}]),
        (
            "location",
            {},
            [{"lat": 0.1, "lon": -36.8}],
            [{"lat": 91, "lon": 0}, {"lat": "0", "lon": 0}, {"lat": True, "lon": 0}, {"lat": 1}, {"district": "red"}],
        ),
        (
            "location",
            {"options": [{"code": "north", "text": {"en": "North"}}]},
            [{"district": "north"}],
            [{"district": "south"}, {"lat": 0, "lon": 0}, "north"],
        ),
        ("consent", {}, [True], [False, "yes", 1]),
        ("statement", {}, [], ["anything", None]),
    ],
)
def test_a_value_fits_its_type(
    kind: str, more: dict[str, Any], right: list[Any], wrong: list[Any], ask: SimpleNamespace
) -> None:
    (question,) = ask.asked(ask.page("p1", ask.question("q1", kind, **more))).questions()

    assert [value for value in right if fault(question, value)] == []
    assert [value for value in wrong if not fault(question, value)] == []


def test_an_option_that_stands_alone_needs_no_other(ask: SimpleNamespace) -> None:
    choices = [*ask.options("red", "green"), {"code": "none", "text": {"en": "None"}, "exclusive": True}]
    (question,) = ask.asked(ask.page("p1", ask.question("q1", "multiple", options=choices, min=2))).questions()

    assert fault(question, ["none"]) is None
    assert fault(question, ["none", "red"]) is not None
    assert fault(question, ["red"]) == "holds 1 choices; at least 2"
