"""Who may report and who may moderate."""

from chassis.errors import Forbidden, Unauthenticated
from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor


class NotAModerator(Forbidden):
    """Only moderators do this."""


def may_report(actor: Actor) -> Verdict:
    """Any person who is signed in, whether she joined the process or not."""
    return ALLOWED if actor.is_person else refused(Unauthenticated("Sign in to report."))


def may_moderate(actor: Actor) -> Verdict:
    """A moderator in person."""
    return ALLOWED if actor.is_moderator and actor.is_person else refused(NotAModerator("Only moderators do this."))
