"""Who acts on consent: a person or an application, made from what the mediator vouches for."""

from dataclasses import dataclass

from chassis.caller import Caller
from chassis.errors import Invalid


class NoIndividual(Invalid):
    """Consent is one person's, and the call carries no person."""


class NotThisIndividual(Invalid):
    """The individual that the request names is not the person of the call."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (`subject`, her pairwise id here) or, with None, the application by itself.

    `acting_for`: the application acts for the person without her being present.
    """

    subject: str | None
    application: str
    roles: frozenset[str] = frozenset()
    acting_for: bool = False

    def individual(self, *named: str | None) -> str:
        """The person whose consent this is. Raises NoIndividual; NotThisIndividual when the request names another."""
        if self.subject is None:
            raise NoIndividual("Say for whom: sign in, or act on behalf of a person.")
        if any(name is not None and name != self.subject for name in named):
            raise NotThisIndividual("The individual is the person of the call; leave it out.")
        return self.subject


def actor(caller: Caller) -> Actor:
    """Who acts in this call."""
    return Actor(caller.subject, caller.application, caller.roles, caller.acting_for)


SEED = Actor(subject=None, application="seed")
