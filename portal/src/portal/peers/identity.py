"""Signing in, at the identity block, as an ordinary OpenID client: authorization code with PKCE, state and nonce."""

from dataclasses import dataclass
from typing import Any

from authlib.integrations.flask_client import OAuth
from authlib.integrations.flask_client.apps import FlaskOAuth2App
from flask import Flask
from joserfc import jwt
from joserfc.jwk import KeySet

from portal.settings import Settings

_SCOPE = (
    "openid profile engagement.contribute engagement.draft engagement.approve engagement.schedule engagement.enter "
    "engagement.moderate engagement.verify engagement.decide"
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What identity says of the person. `expires_at` is seconds since 1970."""

    access_token: str
    roles: frozenset[str]
    display_name: str | None
    expires_at: int


def provider(app: Flask, settings: Settings) -> FlaskOAuth2App:
    """Reads the provider's metadata when first used."""
    return OAuth(app).register(
        name="baraza",
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": _SCOPE,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "client_secret_basic",
            "default_timeout": 10,
        },
    )


def finish(client: FlaskOAuth2App) -> SignedIn:
    """Redeem the code that the provider sent back; checks state, nonce and the ID token's signature.

    Raises authlib's and joserfc's errors. Roles stand in the access token (RFC 9068), signed by the same keys.
    """
    token = client.authorize_access_token()
    claims: dict[str, Any] = jwt.decode(token["access_token"], KeySet.import_key_set(client.fetch_jwk_set())).claims
    about = token.get("userinfo") or {}
    return SignedIn(
        access_token=token["access_token"],
        roles=frozenset(claims.get("roles") or about.get("roles") or ()),
        display_name=about.get("name") or about.get("preferred_username"),
        expires_at=int(claims["exp"]),
    )
