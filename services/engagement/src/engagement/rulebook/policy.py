"""Who may moderate."""

from chassis.errors import Forbidden
from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor


class NotAModerator(Forbidden):
    """Only moderators do this."""


def may_moderate(actor: Actor) -> Verdict:
    """A moderator in person."""
    return ALLOWED if actor.is_moderator and actor.is_person else refused(NotAModerator("Only moderators do this."))
