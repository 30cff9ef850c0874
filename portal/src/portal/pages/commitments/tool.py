"""What the rest of the portal shows of commitments."""

from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _offers(process: Process) -> list[Offer]:
    if process.state != "decided":
        return []
    return [Offer(_("What was promised"), url_for("commitments.listing", slug=process.slug))]


def _desk(process: Process) -> list[Offer]:
    return [Offer(_("Commitments"), url_for("commitments.listing", slug=process.slug))]


def _states() -> dict[str, str]:
    return {
        "planned": _("Planned"),
        "started": _("Started"),
        "delayed": _("Delayed"),
        "done": _("Done"),
        "dropped": _("Dropped"),
    }


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "too-deep": (_("Parts have no parts here"), _("Add it to a commitment further up.")),
        "dropped-without-reason": (_("Say why it is dropped"), _("Everyone may read the reason.")),
        "due-before-start": (_("It is due before it starts"), _("Correct the dates.")),
    }


TOOL = Tool(
    "commitments", frozenset({"proposal", "comment"}), _offers, _desk, words={"commitment": _states}, problems=_problems
)
