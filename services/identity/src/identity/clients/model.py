"""An application and what it may ask for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from chassis.errors import Invalid

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


class Grant(StrEnum):
    AUTHORIZATION_CODE = "authorization_code"
    CLIENT_CREDENTIALS = "client_credentials"


class State(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"


class BadRedirectUri(Invalid):
    """A redirect URI is absolute, without fragment, by TLS or on this machine (RFC 9700 §2.6)."""


class WeakSecret(Invalid):
    """A client's secret is random and long."""


@dataclass(frozen=True, slots=True)
class Client:
    """`id` is INSTANCE/CLASS/MEMBER/APPLICATION. `scopes` is what its tokens may carry at most; None leaves it to the
    contracts."""

    id: str
    name: str
    grant_types: tuple[Grant, ...]
    created_at: datetime
    secret_digest: str = ""
    redirect_uris: tuple[str, ...] = ()
    sign_out_uris: tuple[str, ...] = ()
    scopes: tuple[str, ...] | None = None
    state: State = State.ACTIVE
    version: int = 1

    @property
    def code(self) -> str:
        """The application's code, the last part of its id."""
        return self.id.rsplit("/", 1)[-1]

    def checked(self) -> "Client":
        """The same client, if its addresses are safe to send people to. Raises BadRedirectUri."""
        wrong = [uri for uri in (*self.redirect_uris, *self.sign_out_uris) if not _is_safe(uri)]
        if wrong:
            raise BadRedirectUri("Addresses are absolute, without fragment, https or on this machine.")
        if Grant.AUTHORIZATION_CODE in self.grant_types and not self.redirect_uris:
            raise BadRedirectUri("Signing people in needs at least one redirect URI.")
        return self


@dataclass(frozen=True, slots=True)
class Wanted:
    """A client as an administrator or the seed wants it. `secret` None keeps the one there is, or makes the first."""

    name: str
    grant_types: tuple[Grant, ...]
    redirect_uris: tuple[str, ...] = ()
    sign_out_uris: tuple[str, ...] = ()
    scopes: tuple[str, ...] | None = None
    state: State = State.ACTIVE
    secret: str | None = None
    rotate_secret: bool = False


def _is_safe(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    if not parts.hostname or "#" in uri or parts.username is not None or any(sign.isspace() for sign in uri):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
