"""Who may report. Who may moderate, the rulebook knows."""

from chassis.errors import Unauthenticated
from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor


def may_report(actor: Actor) -> Verdict:
    """Any person who is signed in, whether she joined the process or not."""
    return ALLOWED if actor.is_person else refused(Unauthenticated("Sign in to report."))
