"""What a verified token proves."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from chassis.errors import Unauthenticated
from gateway.members.model import ClientId, InvalidClientIdentifier

Claims = dict[str, Any]  # a JSON object as identity signed it; its shape is checked here


class AuthenticationFailed(Unauthenticated):
    """A token is missing, broken, expired or not one of identity's."""


@dataclass(frozen=True, slots=True)
class Application:
    """A calling application. `digest` is its token's SHA-256, `expires` in seconds since 1970."""

    client: ClientId
    scopes: frozenset[str]
    expires: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Person:
    """A person signed in. `id` is the platform's subject, which no block but identity may see. `authentication` holds
    `auth_time` (seconds since 1970) and, where identity said it, `acr`."""

    id: UUID
    roles: frozenset[str]
    scopes: frozenset[str]
    expires: int
    digest: bytes
    authentication: Claims = field(default_factory=dict)


def application(claims: Claims, digest: bytes) -> Application:
    """Raises AuthenticationFailed when the token does not speak for an application itself."""
    client = claims.get("client_id")
    if not isinstance(client, str) or claims.get("sub") != client:
        raise AuthenticationFailed("Proxy-Authorization does not prove an application.")
    try:
        return Application(ClientId.parse(client), _scopes(claims), claims["exp"], digest)
    except InvalidClientIdentifier:
        raise AuthenticationFailed("The token's client is not INSTANCE/CLASS/MEMBER/APPLICATION.") from None


def person(claims: Claims, digest: bytes) -> Person:
    """Raises AuthenticationFailed when the token does not speak for a person."""
    try:
        subject = UUID(claims.get("sub"))
    except (ValueError, TypeError, AttributeError):
        raise AuthenticationFailed("Authorization does not prove a person.") from None
    roles = claims.get("roles", [])
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise AuthenticationFailed("The token's roles are not a list of words.")
    told: Claims = {name: claims[name] for name in ("acr", "auth_time") if name in claims}
    told.setdefault("auth_time", claims.get("iat", 0))  # blocks tell by it that the person is present
    return Person(subject, frozenset(roles), _scopes(claims), claims["exp"], digest, told)


def _scopes(claims: Claims) -> frozenset[str]:
    scope = claims.get("scope", "")
    if not isinstance(scope, str):
        raise AuthenticationFailed("The token's scope is not a string.")
    return frozenset(scope.split())
