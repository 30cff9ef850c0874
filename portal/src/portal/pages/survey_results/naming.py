"""What questions, answers and attributes of a survey are called, in the language of the page."""

from typing import Any

from markupsafe import Markup, escape

from portal.language import _, decimal, plain, text
from portal.peers.wire import Json
from portal.words import word

_PROFILE = "@profile."


class Names:
    """Of one survey. What its definition does not know is called by its code."""

    def __init__(self, definition: Json) -> None:
        self._questions = {each["id"]: each for page in definition["pages"] for each in page["questions"]}

    def question(self, variable: str) -> Markup:
        """A question, the row of a matrix, the option of a ranking, or an attribute."""
        return self._called(variable, text)

    def plain_question(self, variable: str) -> str:
        """Without marks, for lists to choose from."""
        return str(self._called(variable, plain))

    def part(self, question_id: str, code: str) -> Markup:
        """A row of a matrix, or an option of a ranking."""
        found = self._part(question_id, code)
        return text(found) if found else escape(code)

    def answer(self, variable: str, code: str) -> Markup:
        if variable == "@channel":
            return escape(word("channel", code))
        if variable == "@step":
            return escape(word("ladder_step", code))
        asked = self._questions.get(variable.partition(".")[0], {})
        if asked.get("type") == "yes_no":
            return escape({"yes": _("Yes"), "no": _("No")}.get(code, code))
        named = {each["code"]: each["text"] for each in asked.get("options", ())}
        if code in named:
            return text(named[code])
        return self._end(asked, code) or escape(code)

    def numbers(self, question_id: str) -> str:
        """The unit of a number, empty where it has none."""
        return plain(self._questions.get(question_id, {}).get("unit"))

    def _called(self, variable: str, how: Any) -> Markup:  # Any: `text` or `plain`, which differ in what they return
        fixed = {"@channel": _("Way in which the answer came"), "@step": _("How sure it is who answered")}
        if variable in fixed:
            return escape(fixed[variable])
        if variable.startswith(_PROFILE):
            return escape(variable.removeprefix(_PROFILE))
        question_id, _dot, code = variable.partition(".")
        asked = self._questions.get(question_id)
        if asked is None:
            return escape(variable)
        found = self._part(question_id, code) if code else None
        return Markup("{}: {}").format(how(asked["text"]), how(found)) if found else escape(how(asked["text"]))

    def _part(self, question_id: str, code: str) -> Json:
        asked = self._questions.get(question_id, {})
        return next(
            (each["text"] for each in (*asked.get("rows", ()), *asked.get("options", ())) if each["code"] == code), None
        )

    def _end(self, asked: Json, code: str) -> Markup | None:
        """The end of a scale that is labelled: `5 (very good)`."""
        ends = {str(asked.get("min", 1)): asked.get("low"), str(asked.get("max", 5)): asked.get("high")}
        found = ends.get(code)
        return Markup("{} ({})").format(decimal(float(code)), text(found)) if found else None
