"""The signed context: how the information mediator vouches for a call (ADR 0007).

`Baraza-Context` is a JWS (EdDSA) of at most 60 seconds for one block. No context, a forged one, an old one or one for
another block is 401. Keys come from the mediator as a JWKS, from a file or an address, and are read again when a
signature names a key that is not known.
"""

import threading
import time
from pathlib import Path
from typing import Any

import orjson
import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from chassis.caller import Caller
from chassis.errors import Unauthenticated, Unavailable
from chassis.http_client import session
from chassis.tls import Authorities

HEADER = "Baraza-Context"
TYPE = "baraza-context+jwt"
_LEEWAY_SECONDS = 5
_LONGEST_SECONDS = 60
_REFRESH_SECONDS = 2
_REMEMBERED = 4096


class ContextVerifier:
    """Verifies contexts for one block. A verified one is remembered until it ends."""

    def __init__(self, audience: str, keys: str, authorities: str = "") -> None:
        self._audience = audience
        self._source = keys
        self._authorities = Authorities(authorities)
        self._keys: KeySet | None = None
        self._read_at = 0.0
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, Caller]] = {}

    def caller(self, token: str | None) -> Caller:
        """Who calls. Raises Unauthenticated; Unavailable while the keys have never been had."""
        if not token:
            raise Unauthenticated("A call needs the mediator's signed context.")
        ends_at, caller = self._known.get(token, (0.0, None))
        if caller is not None and time.time() < ends_at:
            return caller
        claims = self._claims(token)
        caller = _caller(claims)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[token] = (float(claims["exp"]), caller)
        return caller

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            return self._decoded(token, self._key_set(fresh=False))
        except (JoseError, ValueError, KeyError):
            keys = self._key_set(fresh=True)
        try:
            return self._decoded(token, keys)
        except (JoseError, ValueError, KeyError):
            raise Unauthenticated("The signed context is not valid here.") from None

    def _decoded(self, token: str, keys: KeySet) -> dict[str, Any]:
        decoded = jwt.decode(token, keys, algorithms=["Ed25519", "EdDSA"])
        claims, now = decoded.claims, time.time()
        if decoded.header.get("typ") != TYPE or claims["aud"] != self._audience:
            raise ValueError("another kind of token or another block's")
        if not claims["iat"] - _LEEWAY_SECONDS <= now < claims["exp"] <= claims["iat"] + _LONGEST_SECONDS:
            raise ValueError("not valid at this time")
        return claims

    def _key_set(self, *, fresh: bool) -> KeySet:
        if self._keys is not None and not fresh:
            return self._keys  # nobody waits while another call reads the keys again
        with self._lock:
            if self._keys is None or (fresh and time.monotonic() > self._read_at + _REFRESH_SECONDS):
                self._read_at = time.monotonic()
                self._keys = _read(self._source, self._authorities) or self._keys
            if self._keys is None:
                raise Unavailable("The mediator's keys cannot be had now.")
            return self._keys


def _caller(claims: dict[str, Any]) -> Caller:
    return Caller(
        application=claims["app"],
        subject=claims.get("sub"),
        roles=frozenset(claims.get("roles", ())),
        scopes=frozenset(claims.get("scopes", ())),
        acting_for="sub" in claims and "auth_time" not in claims,
        assurance=claims.get("acr"),
    )


def _read(source: str, authorities: Authorities) -> KeySet | None:
    """None when the keys cannot be had now; the next call asks again."""
    if not source:
        return None
    try:
        if source.startswith(("http://", "https://")):
            with session(authorities.context() if source.startswith("https:") else None) as mediator:
                answer = mediator.get(source, timeout=2, allow_redirects=False)
            answer.raise_for_status()
            return KeySet.import_key_set(answer.json())
        return KeySet.import_key_set(orjson.loads(Path(source).read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, JoseError, requests.RequestException):
        return None
