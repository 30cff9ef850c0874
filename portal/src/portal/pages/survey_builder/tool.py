from collections.abc import Mapping

from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _desk(process: Process) -> list[Offer]:
    its = url_for("survey_builder.listing", process_id=process.id)
    return [Offer(_("Write and publish surveys"), its, stage="build")]


def _states() -> Mapping[str, str]:
    return {"draft": _("Draft"), "published": _("Published"), "closed": _("Closed")}


def _types() -> Mapping[str, str]:
    return {
        "single": _("One choice"),
        "multiple": _("Several choices"),
        "yes_no": _("Yes or no"),
        "short_text": _("Short text"),
        "long_text": _("Long text"),
        "number": _("Number"),
        "date": _("Date"),
        "scale": _("Scale"),
        "nps": _("Recommendation from 0 to 10"),
        "csat": _("Satisfaction from 1 to 5"),
        "ranking": _("Order of choices"),
        "matrix_single": _("Table, one choice a row"),
        "matrix_multiple": _("Table, several choices a row"),
        "image_choice": _("One of several pictures"),
        "location": _("Place"),
        "consent": _("Agreement"),
        "statement": _("Text without an answer"),
    }


def _operators() -> Mapping[str, str]:
    return {
        "equals": _("is"),
        "not_equals": _("is not"),
        "contains_any": _("has one of"),
        "contains_all": _("has all of"),
        "contains_none": _("has none of"),
        "greater": _("is greater than"),
        "at_least": _("is at least"),
        "less": _("is less than"),
        "at_most": _("is at most"),
        "between": _("is between"),
        "before": _("is before"),
        "after": _("is after"),
        "answered": _("was given"),
        "not_answered": _("was not given"),
    }


WORDS = {"survey": _states, "survey_type": _types, "survey_operator": _operators}
TOOL = Tool("survey_builder", desk=_desk, words=WORDS)
