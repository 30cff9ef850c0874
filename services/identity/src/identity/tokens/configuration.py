"""What the provider tells of itself. A member stands here only when a test shows that it is true."""

from typing import Any

import contracts
from identity.pages.words import LANGUAGES
from identity.sessions.model import ACR_PASSWORD
from identity.settings import Settings
from identity.tokens.model import OPENID


def configuration(settings: Settings) -> dict[str, Any]:
    """OpenID Connect Discovery 1.0 §3 with RFC 8414 and RFC 9207."""
    issuer = settings.issuer
    return {
        "issuer": issuer,
        "token_endpoint": f"{issuer}/oauth/v2/token",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "authorization_endpoint": f"{issuer}/authorize",
        "userinfo_endpoint": f"{issuer}/oidc/userinfo",
        "revocation_endpoint": f"{issuer}/oauth/v2/revoke",
        "end_session_endpoint": f"{issuer}/sign-out",
        "scopes_supported": [*OPENID, *sorted(contracts.scopes())],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "subject_types_supported": ["pairwise"],
        "acr_values_supported": [ACR_PASSWORD],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "revocation_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "amr", "nonce", "at_hash", "name"],
        "ui_locales_supported": list(LANGUAGES),
        "prompt_values_supported": ["none", "login", "select_account", "consent"],
        "authorization_response_iss_parameter_supported": True,
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
    }
