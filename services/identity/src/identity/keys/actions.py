"""The stories of signing keys: make the first, sign with the newest, publish all."""

from datetime import datetime
from typing import Any

import orjson
from flask import current_app
from joserfc.jwk import RSAKey

from chassis.database import Transaction
from chassis.sealing import Sealer
from identity.keys import store
from identity.keys.model import ALGORITHM, SigningKey

_PLACE = "signing_key.private"


def ensure(tx: Transaction, *, bits: int, at: datetime, sealer: Sealer) -> SigningKey:
    """The key that signs; made if there is none yet. Raises Unsealable when it was sealed with another SEALING_KEY."""
    store.lock(tx)
    found = store.signing(tx, at)
    if found is not None:
        return found
    private = RSAKey.generate_key(bits, {"use": "sig", "alg": ALGORITHM}, private=True)
    kid = private.thumbprint()
    public = private.as_dict(private=False) | {"kid": kid}
    sealed = sealer.seal(orjson.dumps(private.as_dict(private=True)).decode(), _PLACE)
    made = SigningKey(kid, ALGORITHM, public, sealed, signs_from=at)
    store.add(tx, made)
    return made


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
