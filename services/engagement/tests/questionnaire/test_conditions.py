"""Conditions on answers."""

from typing import Any

import pytest

from engagement.questionnaire.conditions import holds, settled

ANSWERS = {"one": "red", "many": ["red", "blue"], "age": 40, "day": "2026-05-01", "grid": {"park": "red"}}


@pytest.mark.parametrize(
    ("question", "operator", "value", "verdict"),
    [
        ("one", "equals", "red", True),
        ("one", "equals", "blue", False),
        ("one", "not_equals", "blue", True),
        ("one", "contains_any", ["red", "blue"], True),
        ("many", "contains_any", ["green"], False),
        ("many", "contains_all", ["red", "blue"], True),
        ("many", "contains_all", ["red", "green"], False),
        ("many", "contains_none", ["green"], True),
        ("many", "contains_none", ["red"], False),
        ("age", "greater", 40, False),
        ("age", "at_least", 40, True),
        ("age", "less", 41, True),
        ("age", "at_most", 39, False),
        ("age", "between", [40, 60], True),
        ("age", "between", [41, 60], False),
        ("day", "before", "2026-05-02", True),
        ("day", "after", "2026-05-01", False),
        ("day", "between", ["2026-04-01", "2026-05-01"], True),
        ("one", "answered", None, True),
        ("none", "answered", None, False),
        ("none", "not_answered", None, True),
        ("none", "not_equals", "red", False),
        ("none", "contains_none", ["red"], False),
    ],
)
def test_a_comparison(question: str, operator: str, value: Any, verdict: bool) -> None:
    assert holds({"question": question, "is": operator, "value": value}, ANSWERS) is verdict


def test_a_row_of_a_matrix_is_compared() -> None:
    assert holds({"question": "grid", "row": "park", "is": "equals", "value": "red"}, ANSWERS)
    assert not holds({"question": "grid", "row": "street", "is": "equals", "value": "red"}, ANSWERS)
    assert holds({"question": "grid", "row": "street", "is": "not_answered"}, ANSWERS)


def test_a_tree_joins_comparisons() -> None:
    true, false = {"question": "one", "is": "answered"}, {"question": "none", "is": "answered"}

    assert holds({"all": [true, {"any": [false, true]}]}, ANSWERS)
    assert not holds({"all": [true, {"any": [false]}]}, ANSWERS)
    assert holds({"all": []}, {}) and not holds({"any": []}, {})


def test_what_other_pages_say_is_settled() -> None:
    before = {"question": "one", "is": "equals", "value": "red"}
    here = {"question": "age", "is": "greater", "value": 18}

    left = settled(
        {"all": [before, {"any": [here, {"question": "none", "is": "answered"}]}]}, ANSWERS, frozenset({"age"})
    )

    assert left == {"all": [{"all": []}, {"any": [here, {"any": []}]}]}
    assert holds(left, {"age": 20}) and not holds(left, {"age": 10})
