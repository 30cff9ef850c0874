from flask import url_for

from portal import web
from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _offers(process: Process) -> list[Offer]:
    at = web.now()
    reading = url_for("proposals.listing", slug=process.slug)
    if process.accepts("proposal", at):
        writing = url_for("submission.title", slug=process.slug)
        return [Offer(_("Propose an idea"), writing, main=True), Offer(_("Read, discuss and support ideas"), reading)]
    if process.accepts("comment", at):
        return [Offer(_("Discuss and support ideas"), reading, main=True)]
    if process.accepts("endorsement", at):
        return [Offer(_("Support ideas"), reading, main=True)]
    return [Offer(_("Read the ideas"), reading, main=process.state != "decided")]


TOOL = Tool("proposals", frozenset({"proposal", "comment", "endorsement"}), _offers)
