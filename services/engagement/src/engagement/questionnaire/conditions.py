"""Conditions on answers: trees of `{"all": […]}`, `{"any": […]}` and `{"question", "is", "value"}`, as the contract
spells them. `row` names a row of a matrix; `value` is a list for `contains_…` and `between`."""

from collections.abc import Callable, Iterator
from typing import Any

from engagement.questionnaire.model import Answers, Raw

_Test = Callable[[Any, Any], bool]  # Any: an answer, and what it is compared with


def _holds(answer: Any) -> set[Any]:
    return set(answer) if isinstance(answer, list) else {answer}


_TESTS: dict[str, _Test] = {
    "equals": lambda answer, value: bool(answer == value),
    "not_equals": lambda answer, value: bool(answer != value),
    "contains_any": lambda answer, value: bool(_holds(answer) & set(value)),
    "contains_all": lambda answer, value: _holds(answer) >= set(value),
    "contains_none": lambda answer, value: not _holds(answer) & set(value),
    "greater": lambda answer, value: bool(answer > value),
    "at_least": lambda answer, value: bool(answer >= value),
    "less": lambda answer, value: bool(answer < value),
    "at_most": lambda answer, value: bool(answer <= value),
    "between": lambda answer, value: bool(value[0] <= answer <= value[1]),
    "before": lambda answer, value: bool(answer < value),  # dates of this form sort as text
    "after": lambda answer, value: bool(answer > value),
}


def holds(condition: Raw, answers: Answers) -> bool:
    """Whether these answers meet it. What is not answered meets `not_answered` alone."""
    if "all" in condition:
        return all(holds(each, answers) for each in condition["all"])
    if "any" in condition:
        return any(holds(each, answers) for each in condition["any"])
    answer = answers.get(condition["question"])
    if "row" in condition:
        answer = answer.get(condition["row"]) if isinstance(answer, dict) else None
    if condition["is"] in ("answered", "not_answered"):
        return (answer is not None) is (condition["is"] == "answered")
    return answer is not None and _TESTS[condition["is"]](answer, condition["value"])


def leaves(condition: Raw, pointer: str) -> Iterator[tuple[Raw, str]]:
    """Its comparisons, each with its JSON pointer."""
    for joint in ("all", "any"):
        if joint in condition:
            for place, each in enumerate(condition[joint]):
                yield from leaves(each, f"{pointer}/{joint}/{place}")
            return
    yield condition, pointer


def settled(condition: Raw, answers: Answers, open_questions: frozenset[str]) -> dict[str, Any]:
    """The same condition about these questions alone: what it says of others is true (`{"all": []}`) or false
    (`{"any": []}`) by now."""
    for joint in ("all", "any"):
        if joint in condition:
            return {joint: [settled(each, answers, open_questions) for each in condition[joint]]}
    if condition["question"] in open_questions:
        return dict(condition)
    return {"all" if holds(condition, answers) else "any": []}
