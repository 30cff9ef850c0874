"""Builders with sensible defaults."""

import time
from typing import Any
from uuid import UUID

import orjson
from joserfc import jws
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey

ISSUER = "http://identity.example"
MEMBER = "BARAZA/GOV/1001"
ADA = UUID("0198c2f0-0000-7000-8000-00000000ada0")
ALGORITHMS = ["RS256", "ES256", "Ed25519", "EdDSA", "HS256", "none"]

RSA = RSAKey.generate_key(2048, {"kid": "rsa-1", "use": "sig"}, private=True)
EC = ECKey.generate_key("P-256", {"kid": "ec-1", "use": "sig"}, private=True)
ED = OKPKey.generate_key("Ed25519", {"kid": "ed-1", "use": "sig"}, private=True)
STRANGER = RSAKey.generate_key(2048, {"kid": "rsa-1", "use": "sig"}, private=True)  # same id, another key


def jwks(*keys: Key) -> dict[str, Any]:
    return KeySet(list(keys or (RSA, EC, ED))).as_dict(private=False)


def client(code: str) -> str:
    return f"{MEMBER}/{code}"


def token(key: Key = RSA, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
    now = int(time.time())
    told = {"iss": ISSUER, "aud": "baraza", "iat": now, "exp": now + 300, "jti": "1"} | claims
    algorithm = {"RSA": "RS256", "EC": "ES256", "OKP": "Ed25519", "oct": "HS256"}[key.key_type]
    given = {"alg": algorithm, "kid": key.kid, "typ": "at+jwt"} | (header or {})
    return jws.serialize_compact(given, orjson.dumps(told), key, algorithms=ALGORITHMS)


def application_token(code: str = "portal", key: Key = RSA, *, scope: str = "registry.read", **claims: Any) -> str:
    return token(key, **({"sub": client(code), "client_id": client(code), "scope": scope} | claims))


def person_token(person: UUID = ADA, key: Key = RSA, **claims: Any) -> str:
    told = {
        "sub": str(person),
        "client_id": client("portal"),
        "scope": "engagement.endorse",
        "roles": ["participant"],
        "acr": "1",
        "auth_time": int(time.time()) - 30,
    }
    return token(key, **(told | claims))
