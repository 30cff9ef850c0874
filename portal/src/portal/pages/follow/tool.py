from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _offers(process: Process) -> list[Offer]:
    return [Offer(_("Follow by e-mail"), url_for("follow.start", slug=process.slug), _("News, without an account"))]


TOOL = Tool("follow", frozenset({"proposal", "comment", "endorsement", "annotation", "response"}), _offers)
