"""Signing in, at the identity block, as an ordinary OpenID client: authorization code with PKCE, state and nonce."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from werkzeug.wrappers import Response

from chassis.http_client import TlsAdapter
from chassis.tls import Authorities
from portal.settings import Settings

_SECONDS = 10
_SCOPE = "openid profile"  # no scope of the platform named: identity grants all that the person's roles hold


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What identity says of the person. `expires_at` is seconds since 1970."""

    access_token: str
    roles: frozenset[str]
    display_name: str | None
    expires_at: int


class Unreachable(Exception):
    """The provider does not answer, or answers what is no OpenID provider's answer."""


class NotSignedIn(Exception):
    """The person came back without having signed in, or with what this session did not ask for."""


class Provider:
    """The OpenID provider, as this portal knows it. Its metadata and keys are read when first needed."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._client_id = settings.client_id
        self._client = OAuth(app).register(  # type: ignore[no-untyped-call]
            name="baraza",
            client_cls=_believing(settings),
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": _SCOPE,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "client_secret_basic",
                "default_timeout": _SECONDS,
            },
        )

    def begin(self, callback: str, language: str) -> Response:
        """To the provider's sign-in page. State, nonce and PKCE's secret stay in the session. Raises Unreachable."""
        try:
            redirect: Response = self._client.authorize_redirect(callback, ui_locales=language)
        except (requests.RequestException, AuthlibBaseError, ValueError) as error:
            raise Unreachable(type(error).__name__) from error
        return redirect

    def finish(self) -> SignedIn:
        """Redeem the code that came back; checks state, nonce and both tokens' signatures.

        Raises Unreachable, NotSignedIn. Roles stand in the access token (RFC 9068).
        """
        try:
            token = self._client.authorize_access_token()
            keys = KeySet.import_key_set(self._client.fetch_jwk_set())
            claims = jwt.decode(token["access_token"], keys).claims
            about = token["userinfo"]
            return SignedIn(
                access_token=token["access_token"],
                roles=frozenset(claims.get("roles") or ()),
                display_name=about.get("name"),
                expires_at=int(claims["exp"]),
            )
        except requests.RequestException as error:
            raise Unreachable(type(error).__name__) from error
        except (AuthlibBaseError, JoseError, KeyError, ValueError) as error:
            raise NotSignedIn(type(error).__name__) from error

    def ending(self, home: str) -> str | None:
        """Where the person ends her session at the provider and comes back; None where the provider does not say."""
        try:
            found = self._client.load_server_metadata().get("end_session_endpoint")
        except (requests.RequestException, AuthlibBaseError, ValueError):
            return None
        query = urlencode({"client_id": self._client_id, "post_logout_redirect_uri": home})
        return f"{found}?{query}" if found else None


def _believing(settings: Settings) -> type[FlaskOAuth2App]:
    """Authlib's client with TLS as all our calls have it: 1.3, and the authorities that the portal is told."""
    authorities = Authorities(settings.tls_ca)

    class Session(OAuth2Session):
        def __init__(self, **given: Any) -> None:  # Any: as authlib declares it
            super().__init__(**given)  # type: ignore[no-untyped-call]
            if settings.issuer.startswith("https:"):
                self.mount("https://", TlsAdapter(authorities.context()))

    class Client(FlaskOAuth2App):
        client_cls = Session  # type: ignore[assignment] # a kind of it

    return Client
