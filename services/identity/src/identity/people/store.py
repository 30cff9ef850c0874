"""Every query about accounts. Logins are looked up by digest; display names are sealed."""

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from identity.people.model import Account, LoginTaken, Role, State
from identity.tables import account

_NAME = "account.display_name"
_FIND = select(account)


def login_digest(login: str, sealer: Sealer) -> str:
    """What a login is found by; the login itself is kept nowhere."""
    return sealer.digest(login, "account.login")


def find(tx: Transaction, account_id: UUID, sealer: Sealer) -> Account:
    """Raises NotFound."""
    row = tx.execute(_FIND.where(account.c.id == account_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such account.")
    return _account(row, sealer)


def by_login(tx: Transaction, digest: str, sealer: Sealer) -> Account | None:
    """None when nobody has this login."""
    row = tx.execute(_FIND.where(account.c.login_digest == digest)).mappings().first()
    return _account(row, sealer) if row else None


def add(tx: Transaction, added: Account, digest: str, sealer: Sealer) -> None:
    """One account a login: the unique constraint has the last word. Raises LoginTaken."""
    row = _row(added, sealer) | {"id": added.id, "login_digest": digest, "created_at": added.created_at}
    try:
        with tx.savepoint():
            tx.execute(insert(account), row)
    except IntegrityError:
        raise LoginTaken("This address has an account already.") from None


def save(tx: Transaction, changed: Account, sealer: Sealer) -> None:
    """Over the version before. Raises Stale."""
    before = (account.c.id == changed.id) & (account.c.version == changed.version - 1)
    tx.change_one(update(account).where(before).values(_row(changed, sealer)))


def save_hash(tx: Transaction, account_id: UUID, hash_: str) -> None:
    """The same password, hashed with newer parameters."""
    tx.execute(update(account).where(account.c.id == account_id).values(password_hash=hash_))


def _row(of: Account, sealer: Sealer) -> dict[str, Any]:
    return {
        "display_name": sealer.seal(of.display_name, _NAME),
        "password_hash": of.password_hash,
        "roles": sorted(of.roles),
        "state": of.state,
        "sessions_from": of.sessions_from,
        "version": of.version,
    }


def _account(row: RowMapping, sealer: Sealer) -> Account:
    sealed = row["display_name"]
    return Account(
        id=row["id"],
        display_name=sealer.open(sealed, _NAME) if sealed is not None else "",
        password_hash=row["password_hash"],
        created_at=row["created_at"],
        sessions_from=row["sessions_from"],
        roles=frozenset(Role(each) for each in row["roles"]),
        state=State(row["state"]),
        version=row["version"],
    )
