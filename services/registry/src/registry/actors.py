"""Who acts on the registry: a person or an application, made from what the mediator vouches for."""

from dataclasses import dataclass

from chassis.caller import Caller


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (`subject`, her pairwise id here) at an application or, with None, the application by itself."""

    subject: str | None
    application: str
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()

    @property
    def is_administrator(self) -> bool:
        return "administrator" in self.roles


def actor(caller: Caller) -> Actor:
    """Who acts in this call."""
    return Actor(caller.subject, caller.application, caller.roles, caller.scopes)


SEED = Actor(subject=None, application="seed")
