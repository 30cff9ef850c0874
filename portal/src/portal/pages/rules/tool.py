from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _desk(process: Process) -> list[Offer]:
    title, hint = _("Rules of support and amendments"), _("How much a person may support, and what must be answered")
    return [Offer(title, url_for("rules.edit", process_id=process.id), hint)]


def _measures() -> dict[str, str]:
    return {"supporters": _("Supporters"), "percent": _("Per cent of the eligible population")}


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "population-unknown": (
            _("The eligible population is not known"),
            _("Give its number in the plan first, or choose a number of supporters."),
        ),
    }


TOOL = Tool("rules", desk=_desk, words={"measure": _measures}, problems=_problems)
