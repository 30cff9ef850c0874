"""Who may take which file."""

from chassis.verdict import ALLOWED, Verdict
from engagement.actors import Actor
from engagement.exports.model import Variant
from engagement.processes.policy import may_work_on


def may_export(actor: Actor, variant: Variant) -> Verdict:
    """The public variant is everybody's; the other has what is hidden, drafts and notes."""
    return ALLOWED if variant is Variant.PUBLIC else may_work_on(actor)
