"""Every query about keys. Private halves are sealed at rest."""

from datetime import datetime
from typing import Any

import orjson
from joserfc.jwk import KeySet, OKPKey
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.sealing import Sealer
from consent.keys import model
from consent.keys.model import SigningKey
from consent.tables import signing_key

_PLACE = "signing_key.private"
_LATEST = select(signing_key.c.kid, signing_key.c.private).order_by(signing_key.c.generation.desc()).limit(1)
_ALL = select(signing_key.c.private).order_by(signing_key.c.generation)


def current(tx: Transaction, sealer: Sealer, at: datetime) -> SigningKey:
    """The key that signs, made now if there is none."""
    row = tx.execute(_LATEST).first()
    if row is None:
        _add_first(tx, sealer, at)
        row = tx.execute(_LATEST).one()
    return SigningKey(row.kid, _opened(row.private, sealer))


def public(tx: Transaction, sealer: Sealer) -> list[dict[str, Any]]:
    """All public halves (JWK), oldest first. They come from what is sealed: nobody puts another key among them."""
    return [_opened(row.private, sealer).as_dict(private=False) for row in tx.execute(_ALL)]


def verifying(tx: Transaction, sealer: Sealer) -> KeySet | None:
    """What signatures are checked against; None before anything was signed."""
    known = public(tx, sealer)
    return KeySet.import_key_set({"keys": known}) if known else None


def _opened(private: bytes, sealer: Sealer) -> OKPKey:
    return OKPKey.import_key(orjson.loads(sealer.open(private, _PLACE)))


def _add_first(tx: Transaction, sealer: Sealer, at: datetime) -> None:
    """Of two processes that make the first key, one is heard."""
    made = model.made()
    private = orjson.dumps(made.key.as_dict(private=True)).decode()
    row = {
        "generation": 1,
        "kid": made.kid,
        "private": sealer.seal(private, _PLACE),
        "made_at": at,
    }
    dialect = sqlite if tx.database.is_sqlite else postgresql
    tx.execute(dialect.insert(signing_key).on_conflict_do_nothing(index_elements=["generation"]), row)
