"""Identity's access tokens (RFC 9068), verified and for a while remembered by their digest."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson
from joserfc import jws
from joserfc.errors import JoseError

from gateway.callers.keys import IdentityKeys
from gateway.callers.model import Application, AuthenticationFailed, Claims, Person, application, person

ALGORITHMS = ["RS256", "ES256", "Ed25519", "EdDSA"]  # EdDSA is the name that RFC 9864 replaces by Ed25519
REMEMBERED_SECONDS = 60
_LONGEST_TOKEN = 8_000  # characters
_REMEMBERED = 20_000  # tokens
_CLOCKS_DIFFER_SECONDS = 5  # of identity and mediator

Bearer = TypeVar("Bearer", Application, Person)


class Tokens:
    """Verifies tokens of one issuer for one audience."""

    def __init__(self, keys: IdentityKeys, issuer: str, audience: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._applications: _Remembered[Application] = _Remembered()
        self._persons: _Remembered[Person] = _Remembered()

    async def application(self, token: str, *, at: datetime) -> Application:
        """Raises AuthenticationFailed, IdentityUnavailable."""
        return await self._bearer(token, self._applications, application, at)

    async def person(self, token: str, *, at: datetime) -> Person:
        """Raises AuthenticationFailed, IdentityUnavailable."""
        return await self._bearer(token, self._persons, person, at)

    async def _bearer(
        self, token: str, known: "_Remembered[Bearer]", read: Callable[[Claims, bytes], Bearer], at: datetime
    ) -> Bearer:
        digest = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        now = at.timestamp()
        bearer = known.get(digest, now)
        if bearer is None:
            bearer = read(await self._verified(token, now), digest)
            known.put(digest, min(bearer.expires, now + REMEMBERED_SECONDS), bearer)
        return bearer

    async def _verified(self, token: str, now: float) -> Claims:
        if len(token) > _LONGEST_TOKEN or not token.isascii():
            raise AuthenticationFailed("The token is not one of identity's.")
        try:
            header = jws.extract_compact(token.encode()).headers()
            if str(header.get("typ", "")).lower().removeprefix("application/") != "at+jwt":
                raise AuthenticationFailed("The token is not an access token.")
            key = await self._keys.find(str(header.get("kid", "")))
            if key is None:
                raise AuthenticationFailed("The token's key is not one of identity's.")
            claims = orjson.loads(jws.deserialize_compact(token, key, algorithms=ALGORITHMS).payload)
        except (JoseError, ValueError, TypeError):
            raise AuthenticationFailed("The token is not one of identity's.") from None
        return self._current(claims, now)

    def _current(self, claims: Any, now: float) -> Claims:  # Any: parsed JSON
        if not isinstance(claims, dict) or claims.get("iss") != self._issuer:
            raise AuthenticationFailed("The token is not one of identity's.")
        audience = claims.get("aud")
        if self._audience not in (audience if isinstance(audience, list) else [audience]):
            raise AuthenticationFailed("The token is meant for someone else.")
        expires, begins = claims.get("exp"), claims.get("nbf", claims.get("iat", 0))
        if type(expires) is not int or expires <= now:
            raise AuthenticationFailed("The token has expired.")
        if not isinstance(begins, int | float) or begins > now + _CLOCKS_DIFFER_SECONDS:
            raise AuthenticationFailed("The token is not valid yet.")
        return claims


class _Remembered(Generic[Bearer]):
    """Bearers by digest until an instant; the one learnt longest ago is the first to go."""

    def __init__(self) -> None:
        self._held: OrderedDict[bytes, tuple[float, Bearer]] = OrderedDict()

    def get(self, digest: bytes, now: float) -> Bearer | None:
        held = self._held.get(digest)
        return held[1] if held and held[0] > now else None

    def put(self, digest: bytes, until: float, bearer: Bearer) -> None:
        self._held[digest] = (until, bearer)
        self._held.move_to_end(digest)
        if len(self._held) > _REMEMBERED:
            self._held.popitem(last=False)
