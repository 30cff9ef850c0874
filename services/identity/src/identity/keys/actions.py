"""The stories of signing keys: make the first, sign with the newest, publish all, exchange them."""

from datetime import datetime
from typing import Any

import orjson
from flask import current_app
from joserfc.jwk import RSAKey

from chassis.database import Transaction
from chassis.sealing import Sealer
from identity.keys import store
from identity.keys.model import ALGORITHM, Rotation, SigningKey

_PLACE = "signing_key.private"


def ensure(tx: Transaction, *, bits: int, at: datetime, sealer: Sealer) -> SigningKey:
    """The key that signs; made if there is none yet. Raises Unsealable when it was sealed with another SEALING_KEY."""
    store.lock(tx)
    return store.signing(tx, at) or _made(tx, bits=bits, signs_from=at, sealer=sealer)


def rotate(tx: Transaction, change: Rotation, *, bits: int, at: datetime, sealer: Sealer) -> SigningKey:
    """A new key, published now; it signs once `change.lead` has given verifiers the time to read it, and what the keys
    before it signed is verified until the longest lived token of theirs has ended."""
    store.lock(tx)
    signs_from = at + change.lead
    store.end_others(tx, signs_from + change.longest_token)
    return _made(tx, bits=bits, signs_from=signs_from, sealer=sealer)


def replace(tx: Transaction, *, bits: int, at: datetime, sealer: Sealer) -> SigningKey:
    """A new key in place of stolen ones: it signs now, and nothing that they signed is verified any more."""
    store.lock(tx)
    store.end_others(tx, at)
    return _made(tx, bits=bits, signs_from=at, sealer=sealer)


def forget_ended(tx: Transaction, at: datetime) -> None:
    """Keys that verify nothing any more, their private halves with them."""
    store.forget_ended(tx, at)


def opened(key: SigningKey, sealer: Sealer) -> RSAKey:
    """The private key. Raises Unsealable."""
    return RSAKey.import_key(orjson.loads(sealer.open(key.sealed, _PLACE)))


def signer(tx: Transaction, *, bits: int, at: datetime, sealer: Sealer) -> tuple[str, RSAKey]:
    """Id and private key that sign now. Opened keys stay with the app: opening one costs more than signing."""
    key = ensure(tx, bits=bits, at=at, sealer=sealer)
    ring: dict[str, RSAKey] = current_app.extensions.setdefault("identity.keys", {})
    if key.kid not in ring:
        ring[key.kid] = opened(key, sealer)
    return key.kid, ring[key.kid]


def jwks(tx: Transaction, *, at: datetime) -> dict[str, Any]:
    """The JWK set that verifiers read (RFC 7517 §5)."""
    return {"keys": [key.public for key in store.published(tx, at)]}


def _made(tx: Transaction, *, bits: int, signs_from: datetime, sealer: Sealer) -> SigningKey:
    private = RSAKey.generate_key(bits, {"use": "sig", "alg": ALGORITHM}, private=True)
    kid = private.thumbprint()
    public = private.as_dict(private=False) | {"kid": kid}
    sealed = sealer.seal(orjson.dumps(private.as_dict(private=True)).decode(), _PLACE)
    made = SigningKey(kid, ALGORITHM, public, sealed, signs_from)
    store.add(tx, made)
    return made
