"""What the rest of the portal shows of criteria."""

from flask import url_for

from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _offers(process: Process) -> list[Offer]:
    return [Offer(_("How ideas are judged"), url_for("criteria.show", slug=process.slug))]


def _desk(process: Process) -> list[Offer]:
    return [Offer(_("Scores by the criteria"), url_for("criteria.scores", slug=process.slug))]


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "criteria-published": (_("The criteria are published"), _("From then on they do not change.")),
        "no-criteria": (_("There are no published criteria"), _("Choose and publish criteria first.")),
        "not-an-evaluator": (_("You are no evaluator of this process"), _("Enter on the page of scores first.")),
        "outside-scale": (_("Points are missing or outside a scale"), _("Correct them and send them again.")),
        "assessment-final": (_("Your assessment stands"), _("Others have seen it; it does not change any more.")),
        "not-assessed": (
            _("Assessments are missing"),
            _("Two evaluators assess an idea by the criteria before it is decided."),
        ),
        "not-before": (_("It is too early to publish"), _("A decision names a day before which it is not public.")),
        "already-merged": (_("This was merged already"), _("Look at the list of ideas again.")),
        "nothing-to-carry": (
            _("There is no support to carry over"),
            _("You supported none of the merged ideas, or the answers are public."),
        ),
        "cost-without-currency": (_("A cost needs its currency"), _("Name both or neither.")),
    }


TOOL = Tool("criteria", frozenset({"proposal"}), _offers, _desk, problems=_problems)
