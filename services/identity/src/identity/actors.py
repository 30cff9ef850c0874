"""Who acts on identity: an administrator, as the mediator vouches for her, a person on her own account, the seed."""

from dataclasses import dataclass

from chassis.caller import Caller


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is what audit rows name; `application` is None where nobody came through one."""

    id: str
    application: str | None = None


SEED = Actor("seed")
SELF = Actor("self")


def actor(caller: Caller) -> Actor:
    """Who acts in this call."""
    return Actor(caller.subject or caller.application, caller.application)
