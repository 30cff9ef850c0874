"""Who acts on the workflow."""

from dataclasses import dataclass

from chassis.caller import Caller


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is the person's pairwise id here, or the application's client id."""

    id: str


ENGAGEMENT = Actor("engagement")  # its facts start and complete what follows a participation process


def actor(caller: Caller) -> Actor:
    """Who acts in this call."""
    return Actor(caller.subject or caller.application)
