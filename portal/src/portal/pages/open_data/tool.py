from collections.abc import Mapping

from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _desk(process: Process) -> list[Offer]:
    return [Offer(_("Files of all contributions"), url_for("open_data.show", slug=process.slug), stage="report")]


def _names() -> Mapping[str, str]:
    return {"proposals": _("Ideas"), "endorsements": _("Support for ideas"), "comments": _("Comments on ideas")}


TOOL = Tool("open_data", desk=_desk, words={"dataset": _names})
