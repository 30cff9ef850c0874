"""What keeps a definition from being published."""

from types import SimpleNamespace
from typing import Any

import pytest

from engagement.questionnaire.checks import gaps

Q1 = {"question": "q1", "is": "equals", "value": "red"}


@pytest.fixture
def whole(ask: SimpleNamespace) -> dict[str, Any]:
    """Two pages that use everything, and can be asked."""
    kinds = ("multiple", "yes_no", "short_text", "long_text", "number", "date", "scale", "nps", "csat", "ranking")
    rest = ("matrix_single", "matrix_multiple", "image_choice", "location", "consent", "statement")
    second = [ask.question(kind, kind, showIf=Q1) for kind in (*kinds, *rest)]
    last = ask.question("last", "long_text", text={"en": "Why {{ q1 }}?"})
    made: dict[str, Any] = ask.definition(
        ask.page("p1", ask.question("q1"), jumpTo=[{"when": Q1, "page": "p3"}]),
        ask.page("p2", *second),
        ask.page("p3", last, jumpTo=[{"ending": "end"}]),
        endings=[{"id": "end", "text": {"en": "Bye"}}],
        quotas=[{"id": "reds", "when": Q1, "limit": 5, "action": "stop", "message": {"en": "Enough"}}],
    )
    return made


def test_a_whole_definition_has_no_gaps(ask: SimpleNamespace, whole: dict[str, Any]) -> None:
    assert gaps(ask.read(whole), "en") == []


def test_an_empty_one_asks_nothing(ask: SimpleNamespace) -> None:
    assert gaps(ask.asked(ask.page("p1")), "en") == [
        ("/definition/pages", "asks nothing yet"),
        ("/definition/pages/0/questions", "holds no question"),
    ]


def pages_of(ask: SimpleNamespace, case: str) -> list[dict[str, Any]]:
    q, page = ask.question, ask.page
    later = {"question": "q2", "is": "answered"}
    foreign, alone = {"code": "x", "text": {"ca": "X"}}, {"code": "x", "text": {"en": "X"}, "exclusive": True}
    return {
        "forward reference": [page("p1", q("q1", showIf=later)), page("p2", q("q2"))],
        "reference to itself": [page("p1", q("q1", showIf=Q1))],
        "jump back": [page("p1", q("q1")), page("p2", q("q2"), jumpTo=[{"page": "p1"}])],
        "jump to itself": [page("p1", q("q1"), jumpTo=[{"page": "p1"}])],
        "jump to nowhere": [page("p1", q("q1"), jumpTo=[{"page": "p9"}])],
        "jump to no ending": [page("p1", q("q1"), jumpTo=[{"ending": "end"}])],
        "jump without aim": [page("p1", q("q1"), jumpTo=[{"when": Q1}])],
        "jump by what comes": [page("p1", q("q1"), jumpTo=[{"when": later, "page": "p2"}]), page("p2", q("q2"))],
        "unreachable": [page("p1", q("q1"), jumpTo=[{"page": "p3"}]), page("p2", q("q2")), page("p3", q("q3"))],
        "an id twice": [page("p1", q("q1"), q("q1"))],
        "a code twice": [page("p1", q("q1", options=ask.options("red", "red")))],
        "too few options": [page("p1", q("q1", options=ask.options("red")))],
        "no rows": [page("p1", q("q1", "matrix_single", rows=[]))],
        "no text": [page("p1", q("q1", text={"ca": "Hola"}))],
        "no text of an option": [page("p1", q("q1", options=[*ask.options("red"), foreign]))],
        "no picture": [page("p1", q("q1", "image_choice", options=ask.options("red", "blue")))],
        "exclusive alone": [page("p1", q("q1", options=[*ask.options("red"), alone]))],
        "turned range": [page("p1", q("q1", "number", min=5, max=1))],
        "too many choices": [page("p1", q("q1", "multiple", min=4))],
        "no comparison": [page("p1", q("q1"), q("q2", showIf={"question": "q1"}))],
        "no condition": [page("p1", q("q1"), q("q2", showIf={}))],
        "operator of another type": [page("p1", q("q1"), q("q2", showIf=Q1 | {"is": "greater", "value": 3}))],
        "impossible value": [page("p1", q("q1"), q("q2", showIf=Q1 | {"value": "pink"}))],
        "impossible list": [page("p1", q("q1"), q("q2", showIf=Q1 | {"is": "contains_any", "value": []}))],
        "matrix without row": [page("p1", q("q1", "matrix_single"), q("q2", showIf=Q1))],
        "unknown row": [page("p1", q("q1", "matrix_single"), q("q2", showIf=Q1 | {"row": "zoo"}))],
        "piping forward": [page("p1", q("q1", text={"en": "Like {{q2}}?"}), q("q2"))],
        "piping a matrix": [page("p1", q("q1", "matrix_single"), q("q2", help={"en": "{{q1}}"}))],
    }[case]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "pointer"),
    [
        ("forward reference", "/definition/pages/0/questions/0/showIf"),
        ("reference to itself", "/definition/pages/0/questions/0/showIf"),
        ("jump back", "/definition/pages/1/jumpTo/0/page"),
        ("jump to itself", "/definition/pages/0/jumpTo/0/page"),
        ("jump to nowhere", "/definition/pages/0/jumpTo/0/page"),
        ("jump to no ending", "/definition/pages/0/jumpTo/0/ending"),
        ("jump without aim", "/definition/pages/0/jumpTo/0"),
        ("jump by what comes", "/definition/pages/0/jumpTo/0/when"),
        ("unreachable", "/definition/pages/1"),
        ("an id twice", "/definition/pages"),
        ("a code twice", "/definition/pages/0/questions/0/options"),
        ("too few options", "/definition/pages/0/questions/0/options"),
        ("no rows", "/definition/pages/0/questions/0/rows"),
        ("no text", "/definition/pages/0/questions/0/text"),
        ("no text of an option", "/definition/pages/0/questions/0/options/1/text"),
        ("no picture", "/definition/pages/0/questions/0/options/0/picture"),
        ("exclusive alone", "/definition/pages/0/questions/0/options/1/exclusive"),
        ("turned range", "/definition/pages/0/questions/0/min"),
        ("too many choices", "/definition/pages/0/questions/0/min"),
        ("no comparison", "/definition/pages/0/questions/1/showIf"),
        ("no condition", "/definition/pages/0/questions/1/showIf"),
        ("operator of another type", "/definition/pages/0/questions/1/showIf"),
        ("impossible value", "/definition/pages/0/questions/1/showIf"),
        ("impossible list", "/definition/pages/0/questions/1/showIf"),
        ("matrix without row", "/definition/pages/0/questions/1/showIf"),
        ("unknown row", "/definition/pages/0/questions/1/showIf"),
        ("piping forward", "/definition/pages/0/questions/0/text"),
        ("piping a matrix", "/definition/pages/0/questions/1/help"),
    ],
)
def test_a_fault_is_named_at_its_place(case: str, pointer: str, ask: SimpleNamespace) -> None:
    found = gaps(ask.asked(*pages_of(ask, case)), "en")

    assert found[0][0] == pointer


def test_a_condition_in_a_tree_is_named_there(ask: SimpleNamespace) -> None:
    tree = {"all": [Q1, {"any": [Q1, {"question": "q9", "is": "answered"}]}]}
    found = gaps(ask.asked(ask.page("p1", ask.question("q1"), ask.question("q2", showIf=tree))), "en")

    assert [pointer for pointer, _ in found] == ["/definition/pages/0/questions/1/showIf/all/1/any/1"]


def test_a_page_that_may_be_passed_by_leaves_the_next_one_reachable(ask: SimpleNamespace) -> None:
    hidden = ask.question("q2", showIf=Q1)
    asked = ask.asked(
        ask.page("p1", ask.question("q1")),
        ask.page("p2", hidden, jumpTo=[{"page": "p4"}]),
        ask.page("p3", ask.question("q3")),
        ask.page("p4", ask.question("q4")),
    )

    assert gaps(asked, "en") == []
