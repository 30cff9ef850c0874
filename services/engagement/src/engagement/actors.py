"""Who acts on engagement: a person in a role, made from what the mediator vouches for."""

from dataclasses import dataclass

from chassis.caller import Caller


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (`subject`, her pairwise id here) or, with None, the public or an application."""

    subject: str | None
    roles: frozenset[str]

    @property
    def is_person(self) -> bool:
        return self.subject is not None

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
    return Actor(caller.subject, caller.roles)
