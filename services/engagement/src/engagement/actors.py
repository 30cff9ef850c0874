"""Who acts on engagement: a person in a role, made from what the mediator vouches for."""

from dataclasses import dataclass

from chassis.caller import Caller


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (`subject`, her pairwise id here) or, with None, the public or an application.

    A *visitor* takes part without an account: her subject is the keyed digest of the key that her browser keeps.
    `assurance` is how her identity was checked at the sign-in (an `acr` of OpenID Connect); None when it is not known.
    """

    subject: str | None
    roles: frozenset[str]
    is_visitor: bool = False
    assurance: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether someone is signed in."""
        return self.subject is not None and not self.is_visitor

    @property
    def is_official(self) -> bool:
        return "official" in self.roles

    @property
    def is_moderator(self) -> bool:
        return "moderator" in self.roles

    @property
    def is_staff(self) -> bool:
        """Officials and moderators act for the institution; they do not take part as citizens."""
        return self.is_official or self.is_moderator


def actor(caller: Caller) -> Actor:
    """Who acts in this call."""
    if caller.visitor is not None:
        return Actor(caller.visitor, frozenset(), is_visitor=True)
    return Actor(caller.subject, caller.roles, assurance=caller.assurance)
