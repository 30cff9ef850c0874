"""Who acts on the scheduler."""

from dataclasses import dataclass

from chassis.caller import Caller

_ROLES = ("administrator", "official")


@dataclass(frozen=True, slots=True)
class Actor:
    """As the log names them: `role` is administrator, official, application or scheduler; `id` is the person's pairwise
    id or the application's client id."""

    role: str
    id: str


ITSELF = Actor("scheduler", "scheduler")


def actor(caller: Caller) -> Actor:
    """Who acts in this call."""
    if caller.subject is None:
        return Actor("application", caller.application)
    return Actor(next((role for role in _ROLES if role in caller.roles), "official"), caller.subject)
