from collections.abc import Mapping

from flask import url_for

from portal import web
from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _offers(process: Process) -> list[Offer]:
    its = url_for("surveys.listing", slug=process.slug)
    if process.accepts("response", web.now()):
        return [Offer(_("Answer a survey"), its, main=True)]
    return [Offer(_("Surveys"), its)]


def _kinds() -> Mapping[str, str]:
    return {"response": _("Answers to a survey")}


def _deeds() -> Mapping[str, str]:
    return {"response": _("answer surveys")}


def _problems() -> Mapping[str, tuple[str, str]]:
    return {
        "survey-closed": (_("This survey takes no answers now"), _("The process page says when it is open.")),
        "already-answered": (_("You have answered this survey"), _("One person answers once. There is nothing to do.")),
        "quota-full": (
            _("Enough such answers are there"),
            _("As many people as were wanted have answered like this. What you answered is not counted."),
        ),
        "answer-refused": (_("Some questions still need an answer"), _("Go through the pages once more.")),
        "survey-incomplete": (_("The survey cannot be asked like this"), _("Correct what the list below names.")),
        "structure-frozen": (
            _("Only texts change now"),
            _("People have begun to answer. For other questions, write another survey."),
        ),
        "not-a-draft-survey": (_("This survey was published before"), _("Look at it as it stands now.")),
    }


TOOL = Tool("surveys", frozenset({"response"}), _offers, words={"kind": _kinds, "deed": _deeds}, problems=_problems)
