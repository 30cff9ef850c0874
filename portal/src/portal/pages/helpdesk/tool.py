from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _desk(_process: Process) -> list[Offer]:
    return [Offer(_("Questions to the help desk"), url_for("helpdesk.desk"))]


def _topics() -> dict[str, str]:
    return {
        "registration": _("Opening an account"),
        "sign_in": _("Signing in"),
        "participation": _("Taking part in a process"),
        "my_data": _("My data"),
        "accessibility": _("Something does not work for me"),
        "other": _("Something else"),
    }


def _problems() -> dict[str, tuple[str, str]]:
    return {"case-answered": (_("A colleague has answered this"), _("Read the answer in the list."))}


TOOL = Tool("helpdesk", desk=_desk, words={"topic": _topics}, problems=_problems)
