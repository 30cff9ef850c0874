"""Signing and checking, as compact JWS (RFC 7515, RFC 8037)."""

import base64
from dataclasses import dataclass

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

ALGORITHM = "Ed25519"
TYPE = "baraza-revision+jws"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key; `kid` is its thumbprint (RFC 7638)."""

    kid: str
    key: OKPKey

    def signed(self, payload: bytes) -> str:
        """The payload as a compact JWS."""
        header = {"alg": ALGORITHM, "kid": self.kid, "typ": TYPE}
        return jws.serialize_compact(header, payload, self.key, algorithms=[ALGORITHM])


def made() -> SigningKey:
    """A new key."""
    key = OKPKey.generate_key("Ed25519", private=True)
    kid = key.thumbprint()
    return SigningKey(kid, OKPKey.import_key(key.as_dict(private=True) | {"kid": kid}))


def payload(signature: str, keys: KeySet) -> bytes | None:
    """What one of these keys has signed; None when none has."""
    try:
        signed = jws.deserialize_compact(signature, keys, algorithms=[ALGORITHM])
    except (JoseError, ValueError):
        return None
    return signed.payload if signed.protected.get("typ") == TYPE and _is_canonical(signature) else None


def _is_canonical(signature: str) -> bool:
    """Base64url has spare bits in a last character: two spellings of one signature, of which one is ours."""
    last = signature.rpartition(".")[2]
    again = base64.urlsafe_b64encode(base64.urlsafe_b64decode(last + "=" * (-len(last) % 4)))
    return again.rstrip(b"=").decode() == last
