"""A page as one person meets it."""

from types import SimpleNamespace
from uuid import UUID

from engagement.questionnaire.route import walk
from engagement.questionnaire.shown import met

SEED = UUID(int=7)


def test_what_was_answered_stands_in_later_texts(ask: SimpleNamespace) -> None:
    later = ask.question("why", "long_text", text={"en": "Why {{ q1 }}, {{name}}?", "ca": "Per què {{q1}}?"})
    raw = ask.definition(ask.page("p1", ask.question("q1"), ask.question("name", "short_text")), ask.page("p2", later))
    asked = ask.read(raw)

    page = met(raw, asked, walk(asked, {"q1": "red", "name": "<b>Ana</b>"}), "p2", SEED)
    blank = met(raw, asked, walk(asked, {}), "p2", SEED)

    assert page["questions"][0]["text"] == {"en": "Why Red, <b>Ana</b>?", "ca": "Per què Red?"}
    assert blank["questions"][0]["text"]["en"] == "Why …, …?"


def test_options_have_an_order_of_the_persons_own(ask: SimpleNamespace) -> None:
    codes = [f"c{number}" for number in range(12)]
    alone = {"code": "none", "text": {"en": "None"}, "exclusive": True}
    many = ask.question("q1", "multiple", shuffle=True, options=[alone, *ask.options(*codes)])
    raw = ask.definition(ask.page("p1", many))
    asked = ask.read(raw)

    def order(seed: UUID | None) -> list[str]:
        page = met(raw, asked, walk(asked, {}), "p1", seed)
        return [option["code"] for option in page["questions"][0]["options"]]

    assert order(None) == ["none", *codes]
    assert order(SEED) == order(SEED) != order(UUID(int=8))
    assert order(SEED)[-1] == "none" and sorted(order(SEED)) == sorted(["none", *codes])


def test_hidden_questions_come_along_with_what_would_show_them(ask: SimpleNamespace) -> None:
    q1 = {"question": "q1", "is": "equals", "value": "red"}
    q2 = {"question": "q2", "is": "equals", "value": "red"}
    raw = ask.definition(
        ask.page("p1", ask.question("q1")),
        ask.page("p2", ask.question("q2"), ask.question("q3", showIf={"all": [q1, q2]})),
    )
    asked = ask.read(raw)

    page = met(raw, asked, walk(asked, {"q1": "red"}), "p2", SEED)

    assert [(each["id"], each["shown"]) for each in page["questions"]] == [("q2", True), ("q3", False)]
    assert page["questions"][1]["showIf"] == {"all": [{"all": []}, q2]}
    assert (page["number"], page["of"], page["before"], page["answers"]) == (2, 2, "p1", {})
