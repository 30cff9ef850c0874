from collections.abc import Mapping

from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _desk(process: Process) -> list[Offer]:
    return [Offer(_("Participation"), url_for("monitoring.show", slug=process.slug), stage="monitor")]


def _steps() -> Mapping[str, str]:
    return {
        "0": _("Without registration"),
        "1": _("E-mail confirmed"),
        "2": _("Text message confirmed"),
        "3": _("Registered"),
        "4": _("Identity verified"),
    }


TOOL = Tool("monitoring", desk=_desk, words={"ladder_step": _steps})
