"""The stories of accounts: open one, suspend it, resume it."""

from datetime import datetime
from uuid import UUID, uuid4

from chassis.database import Transaction
from chassis.sealing import Sealer
from identity.actors import Actor
from identity.audit import store as audit
from identity.people import policy, store
from identity.people.model import Account, Registration, normal_login, normal_name
from identity.people.passwords import Passwords
from identity.settings import Settings


def prepared(wanted: Registration, *, settings: Settings, passwords: Passwords) -> tuple[Registration, str]:
    """The registration in normal form, and its password's hash. Takes as long as hashing does, so no transaction is
    open. Raises BadLogin, BadDisplayName, PasswordTooShort, PasswordTooLong, PasswordTooCommon."""
    login, name = normal_login(wanted.login), normal_name(wanted.display_name)
    policy.may_be_password(wanted.password, login, name, settings.password_min).require()
    return Registration(login, name, wanted.password, wanted.roles), passwords.hash(wanted.password)


def open_account(
    tx: Transaction, wanted: Registration, password_hash: str, *, by: Actor, at: datetime, sealer: Sealer
) -> Account:
    """A new account from a prepared registration. Raises LoginTaken."""
    account = Account(
        id=uuid4(),
        display_name=wanted.display_name,
        password_hash=password_hash,
        created_at=at,
        sessions_from=at,
        roles=wanted.roles,
    )
    store.add(tx, account, store.login_digest(wanted.login, sealer), sealer)
    audit.record(tx, "account-opened", account.id, by=by, at=at)
    return account


def suspend(tx: Transaction, account_id: UUID, reason: str, *, by: Actor, at: datetime, sealer: Sealer) -> Account:
    """Nobody signs in to it any more; its sessions end. Raises NotFound."""
    before = store.find(tx, account_id, sealer)
    return _changed(tx, before, before.suspended(at), "account-suspended", sealer, by, at, reason)


def resume(tx: Transaction, account_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> Account:
    """Raises NotFound."""
    before = store.find(tx, account_id, sealer)
    return _changed(tx, before, before.resumed(), "account-resumed", sealer, by, at)


def _changed(
    tx: Transaction, before: Account, after: Account, action: str, sealer: Sealer, by: Actor, at: datetime,
    reason: str | None = None,
) -> Account:  # fmt: skip
    if after != before:
        store.save(tx, after, sealer)
        audit.record(tx, action, after.id, by=by, at=at, reason=reason)
    return after
