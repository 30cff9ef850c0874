"""Every query about clients."""

from typing import Any

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound, Stale
from identity.clients.model import Client, Grant, State
from identity.tables import client

_FIND = select(client)


def find(tx: Transaction, client_id: str) -> Client:
    """Raises NotFound."""
    found = known(tx, client_id)
    if found is None:
        raise NotFound("There is no such client.")
    return found


def known(tx: Transaction, client_id: str) -> Client | None:
    """None when there is no such client."""
    row = tx.execute(_FIND.where(client.c.id == client_id)).mappings().first()
    return _client(row) if row else None


def page(tx: Transaction, after: str | None, limit: int) -> list[Client]:
    """By id."""
    chosen = _FIND.order_by(client.c.id).limit(limit)
    if after is not None:
        chosen = chosen.where(client.c.id > after)
    return [_client(row) for row in tx.execute(chosen).mappings()]


def add(tx: Transaction, added: Client) -> None:
    """A new client; the primary key has the last word. Raises Stale when another was quicker."""
    try:
        with tx.savepoint():
            tx.execute(insert(client), _row(added))
    except IntegrityError:
        raise Stale("Somebody else registered this client just now.") from None


def save(tx: Transaction, changed: Client) -> None:
    """Over the version before. Raises Stale."""
    before = (client.c.id == changed.id) & (client.c.version == changed.version - 1)
    tx.change_one(update(client).where(before).values(_row(changed)))


def _row(of: Client) -> dict[str, Any]:
    return {
        "id": of.id,
        "name": of.name,
        "secret_digest": of.secret_digest,
        "grant_types": list(of.grant_types),
        "redirect_uris": list(of.redirect_uris),
        "sign_out_uris": list(of.sign_out_uris),
        "scopes": None if of.scopes is None else list(of.scopes),
        "state": of.state,
        "version": of.version,
        "created_at": of.created_at,
    }


def _client(row: RowMapping) -> Client:
    return Client(
        id=row["id"],
        name=row["name"],
        secret_digest=row["secret_digest"],
        grant_types=tuple(Grant(each) for each in row["grant_types"]),
        redirect_uris=tuple(row["redirect_uris"]),
        sign_out_uris=tuple(row["sign_out_uris"]),
        scopes=None if row["scopes"] is None else tuple(row["scopes"]),
        state=State(row["state"]),
        version=row["version"],
        created_at=row["created_at"],
    )
