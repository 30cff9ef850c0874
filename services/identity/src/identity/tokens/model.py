"""What is issued: authorization codes and access tokens, and which scopes they carry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

OPENID = ("openid", "profile")  # OpenID Connect's own; all others are the contracts'

Scopes = Mapping[str, Mapping[str, Any]]  # the contracts' scopes by name


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person as her session proves her."""

    account_id: UUID
    display_name: str
    roles: frozenset[str]
    auth_time: datetime
    acr: str


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code; only its digest is known. `redeemed_at` None: not used yet."""

    digest: str
    client_id: str
    account_id: UUID
    redirect_uri: str
    scope: str
    nonce: str | None
    challenge: str
    auth_time: datetime
    acr: str
    expires_at: datetime
    redeemed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """An access token that was given out. `account_id` None: the application's own."""

    jti: UUID
    client_id: str
    expires_at: datetime
    account_id: UUID | None = None
    code_digest: str | None = None
    revoked_at: datetime | None = None


def asked(scope: str | None, allowed: tuple[str, ...] | None, scopes: Scopes) -> list[str]:
    """Of what a client asks, what it may ask at all; unknown scopes are passed over (OpenID Connect Core §3.1.2.1).
    `allowed` None: whatever the contracts name."""
    wanted = (scope or "").split()
    known = [name for name in dict.fromkeys(wanted) if name in OPENID or name in scopes]
    return [name for name in known if allowed is None or name in allowed]


def of_person(scope: str, roles: Iterable[str], allowed: tuple[str, ...] | None, scopes: Scopes) -> list[str]:
    """What a person's token carries: what was asked and her roles hold. When nothing of the platform was asked, all
    that her roles hold and the client may have (RFC 6749 §3.3)."""
    held = {name for name, said in scopes.items() if set(said["roles"]) & set(roles)}
    return _narrowed(scope.split(), held, allowed)


def of_application(scope: str | None, code: str, allowed: tuple[str, ...] | None, scopes: Scopes) -> list[str]:
    """What an application's own token carries."""
    held = {name for name, said in scopes.items() if code in said["applications"]}
    return [name for name in _narrowed((scope or "").split(), held, allowed) if name not in OPENID]


def _narrowed(wanted: list[str], held: set[str], allowed: tuple[str, ...] | None) -> list[str]:
    own = [name for name in wanted if name in OPENID]
    platform = [name for name in wanted if name not in OPENID]
    given = held if not platform else held & set(platform)
    return own + sorted(given if allowed is None else given & set(allowed))
