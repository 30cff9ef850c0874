"""Who calls, as the information mediator vouches for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """The calling application and, if one acts, the person.

    `subject` is the person's pairwise id for this block and no other; None when an application acts for itself.
    `acting_for` marks that the application acts for the person without her being present (a job). `visitor` is whoever
    has no account, as a keyed digest of the key that her application brings in `Visitor-Key`; None without one and for
    people who are signed in. `assurance` is how the person signed in (`acr` of OpenID Connect), as far as identity
    said. Both since 0.2.
    """

    application: str
    subject: str | None = None
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    acting_for: bool = False
    visitor: str | None = None
    assurance: str | None = None


ANONYMOUS = Caller(application="")
