"""Who is known to colleagues, and may know them."""

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.officials.model import NotStaff


def may_know_colleagues(actor: Actor) -> Verdict:
    """Officials and moderators, each as herself."""
    return ALLOWED if actor.is_staff and actor.is_person else refused(NotStaff("This is for officials and moderators."))
