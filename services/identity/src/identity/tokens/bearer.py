"""Access tokens that come back to identity: at userinfo and to be revoked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from chassis.database import Transaction
from chassis.errors import Unauthenticated
from identity.keys import actions as keys
from identity.settings import Settings
from identity.tokens import store
from identity.tokens.model import Issued


class TokenNotValid(Unauthenticated):
    """No access token of ours, or one that has ended."""


def read(tx: Transaction, token: str, *, at: datetime, settings: Settings) -> tuple[Issued, dict[str, Any]]:
    """What the token says, if it is ours, of the right type and valid now. Raises TokenNotValid."""
    published: KeySetSerialization = keys.jwks(tx, at=at)  # type: ignore[assignment]  # a JWK set by its contract
    try:
        decoded = jwt.decode(token, KeySet.import_key_set(published), algorithms=["RS256"])
        claims = decoded.claims
        issued = store.issued(tx, UUID(claims["jti"]))
    except (JoseError, ValueError, KeyError, TypeError):
        raise TokenNotValid("This is no access token of ours.") from None
    if decoded.header.get("typ") != "at+jwt" or claims.get("iss") != settings.issuer:
        raise TokenNotValid("This is no access token of ours.")
    if issued is None or issued.revoked_at is not None or at.timestamp() >= claims["exp"]:
        raise TokenNotValid("This access token has ended.")
    return issued, claims
