from collections.abc import Mapping

from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _offers(process: Process) -> list[Offer]:
    return [Offer(_("Results of the surveys"), url_for("survey_results.listing", slug=process.slug))]


def _problems() -> Mapping[str, tuple[str, str]]:
    return {
        "results-hidden": (
            _("The results are not shown yet"),
            _("This survey shows its results to everybody at the same time, when it is closed."),
        ),
        "not-crossable": (_("These two questions cannot be compared"), _("Choose two others from the lists.")),
    }


TOOL = Tool("survey_results", frozenset({"response"}), _offers, _offers, problems=_problems)
