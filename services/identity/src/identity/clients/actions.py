"""The stories of clients: register, change, give a new secret, prove."""

import hmac
import secrets
from dataclasses import replace
from datetime import datetime

from chassis.database import Transaction
from chassis.sealing import Sealer
from identity.actors import Actor
from identity.audit import store as audit
from identity.clients import store
from identity.clients.model import Client, State, Wanted, WeakSecret

_PLACE = "client.secret"
_LEAST_SECRET = 32  # characters


def put(
    tx: Transaction, client_id: str, wanted: Wanted, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Client, str | None, bool]:
    """The client as wanted, its secret if a new one was made, and whether the client is new. Nothing is written when
    nothing differs. Raises BadRedirectUri, WeakSecret, Stale."""
    before = store.known(tx, client_id)
    made = secrets.token_urlsafe(32) if wanted.rotate_secret or (before is None and wanted.secret is None) else None
    secret = made or wanted.secret
    if secret is not None and len(secret) < _LEAST_SECRET:
        raise WeakSecret(f"A secret has at least {_LEAST_SECRET} characters.")
    base = before or Client(id=client_id, name="", grant_types=(), created_at=at, version=0)
    after = replace(
        base,
        name=wanted.name,
        grant_types=wanted.grant_types,
        redirect_uris=wanted.redirect_uris,
        sign_out_uris=wanted.sign_out_uris,
        scopes=wanted.scopes,
        state=wanted.state,
        secret_digest=base.secret_digest if secret is None else sealer.digest(secret, _PLACE),
    ).checked()
    if after == before:
        return after, made, False
    after = replace(after, version=base.version + 1)
    (store.add if before is None else store.save)(tx, after)
    audit.record(tx, "client-registered" if before is None else "client-changed", client_id, by=by, at=at)
    return after, made, before is None


def proves(client: Client, secret: str, *, sealer: Sealer) -> bool:
    """Whether the secret is the client's, compared in constant time."""
    return client.state is State.ACTIVE and hmac.compare_digest(client.secret_digest, sealer.digest(secret, _PLACE))
