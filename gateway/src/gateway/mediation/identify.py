"""Who calls what: the target and the callers behind a request's headers."""

from dataclasses import dataclass
from datetime import datetime

from gateway.access.model import ANONYMOUS, METHODS
from gateway.callers.model import Application, AuthenticationFailed, Person
from gateway.callers.tokens import Tokens
from gateway.mediation import headers
from gateway.mediation.headers import Index, InvalidRequest, MissingHeader, ServiceCall
from gateway.mediation.limits import Buckets
from gateway.members.model import ClientId


@dataclass(frozen=True, slots=True)
class Callers:
    """The application and the person whose tokens came along; `claimed` is who the client headers say it is and
    `stand_in` the name of an absent person for whom the application acts."""

    application: Application | None
    person: Person | None
    claimed: ClientId | None
    stand_in: str | None

    @property
    def subject(self) -> str:
        """The holder of rights."""
        return str(self.application.client) if self.application else ANONYMOUS

    @property
    def known(self) -> bool:
        """Whether there is anybody to vouch for."""
        return self.application is not None or self.person is not None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much applications may ask, and addresses without an application's token."""

    applications: Buckets
    anonymous: Buckets


def what(method: str, target: str) -> ServiceCall:
    """The service called. Raises as `headers.service_call` does, and InvalidRequest for a verb that is none."""
    if method not in METHODS:
        raise InvalidRequest(f"A call is one of {', '.join(sorted(METHODS))}.")
    return headers.service_call(target)


async def who(tokens: Tokens, limits: Limits, given: Index, *, address: str, at: datetime) -> Callers:
    """The callers, within their limits.

    Without Proxy-Authorization a call is anonymous, whatever its client headers claim. Raises AuthenticationFailed,
    IdentityUnavailable, MissingHeader, InvalidClientIdentifier, InvalidRequest, TooManyRequests.
    """
    claimed = headers.claimed_client(given)
    proof = headers.only(given, "proxy-authorization")
    application = None
    if proof is None:
        limits.anonymous.take(address, at.timestamp())
    else:
        application = await _application(tokens, proof, at)
        limits.applications.take(str(application.client), at.timestamp())
        if claimed is None:
            raise MissingHeader("Information-Mediator-Client names the calling application.")
    token = headers.bearer(headers.only(given, "authorization"))
    person = await tokens.person(token, at=at) if token else None
    stand_in = headers.only(given, headers.ON_BEHALF_OF)
    if stand_in is not None and (person is not None or application is None):
        raise InvalidRequest("Baraza-On-Behalf-Of is for an application without the person's own token.")
    return Callers(application, person, claimed, stand_in)


async def _application(tokens: Tokens, proof: str, at: datetime) -> Application:
    token = headers.bearer(proof)
    if token is None:
        raise AuthenticationFailed("Proxy-Authorization is a Bearer token.")
    return await tokens.application(token, at=at)
