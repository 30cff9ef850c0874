"""What the rest of the portal shows of facts."""

from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _offers(process: Process) -> list[Offer]:
    hint = _("What is known, with sources, and answers to rumours.")
    return [Offer(_("Read the facts first"), url_for("facts.show", slug=process.slug), hint)]


def _rumour_states() -> dict[str, str]:
    return {
        "unconfirmed": _("Not confirmed"),
        "true": _("True"),
        "misleading": _("Misleading"),
        "false": _("Not true"),
    }


TOOL = Tool("facts", frozenset({"proposal", "comment"}), _offers, words={"rumour": _rumour_states})
