"""The stories of a session: an attempt to sign in, its end in a session, what a cookie stands for, signing out."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.database import Transaction
from chassis.sealing import Sealer
from identity.actors import SELF
from identity.audit import store as audit
from identity.people import store as people
from identity.people.model import Account, BadLogin, State, normal_login
from identity.people.passwords import Passwords
from identity.sessions import store
from identity.sessions.model import ACR_PASSWORD, AccountSuspended, Session, WrongCredentials
from identity.settings import Settings
from identity.throttle import actions as throttle
from identity.throttle.model import Bucket, sign_in_buckets


@dataclass(frozen=True, slots=True)
class Attempt:
    """Someone who says who she is. `device` is the cookie of a browser that signed in before; None without one."""

    login: str
    password: str
    network: str
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """An attempt that is looked at. `account` None: nobody has this login, which nobody is told."""

    account: Account | None
    buckets: tuple[Bucket, ...]


def hear(tx: Transaction, attempt: Attempt, *, at: datetime, settings: Settings, sealer: Sealer) -> Heard:
    """Whether the attempt is looked at now; it counts as failed until it has succeeded. Raises TooManyAttempts."""
    digest = people.login_digest(_login(attempt.login), sealer)
    account = people.by_login(tx, digest, sealer)
    buckets = sign_in_buckets(
        digest,
        attempt.network,
        known_device=account is not None and attempt.device == device(account, sealer),
        free=settings.free_failures,
        longest_seconds=settings.longest_wait_seconds,
    )
    throttle.hear(tx, buckets, at=at, sealer=sealer)
    return Heard(account, buckets)


def verified(heard: Heard, password: str, passwords: Passwords) -> tuple[Account, str | None]:
    """The account, and a new hash where the old one's parameters are out of date. As slow for an unknown login as for
    a wrong password; no transaction is open. Raises WrongCredentials, AccountSuspended, Unavailable."""
    account = heard.account
    right = passwords.verify(account.password_hash if account else None, password)
    if account is None or not right:
        raise WrongCredentials("The e-mail address or the password is not right.")
    if account.state is State.SUSPENDED:
        raise AccountSuspended("This account is suspended.")
    return account, passwords.hash(password) if passwords.is_old(account.password_hash) else None


def settle(
    tx: Transaction, account: Account, heard: Heard, new_hash: str | None, *, at: datetime, settings: Settings,
    sealer: Sealer,
) -> str:  # fmt: skip
    """The attempt succeeded: the new session's cookie."""
    throttle.went_well(tx, heard.buckets, sealer=sealer)
    if new_hash is not None:
        people.save_hash(tx, account.id, new_hash)
    return begin(tx, account, at=at, settings=settings, sealer=sealer)


def begin(tx: Transaction, account: Account, *, at: datetime, settings: Settings, sealer: Sealer) -> str:
    """A new session's cookie; staff have shorter ones."""
    token = secrets.token_urlsafe(32)
    idle, hours = (
        (settings.staff_idle_minutes, settings.staff_hours)
        if account.is_staff
        else (settings.session_idle_minutes, settings.session_hours)
    )
    session = Session(
        digest=_digest(token, sealer),
        account_id=account.id,
        auth_time=at,
        acr=ACR_PASSWORD,
        idle_seconds=idle * 60,
        seen_at=at,
        ends_at=at + timedelta(hours=hours),
    )
    store.add(tx, session)
    audit.record(tx, "signed-in", account.id, by=SELF, at=at)
    return token


def current(tx: Transaction, token: str | None, *, at: datetime, sealer: Sealer) -> tuple[Session, Account] | None:
    """Whom the cookie stands for; None when for nobody (any more)."""
    session = store.find(tx, _digest(token, sealer)) if token else None
    if session is None or not session.lives(at):
        return None
    account = people.find(tx, session.account_id, sealer)
    return (session, account) if account.honours(session.auth_time) else None


def used(tx: Transaction, session: Session, at: datetime) -> None:
    """It was used; its idle time starts anew."""
    if session.needs_note(at):
        store.note_use(tx, session.digest, at)


def end(tx: Transaction, token: str | None, *, sealer: Sealer) -> None:
    """Signed out; without a session nothing changes."""
    if token:
        store.end(tx, _digest(token, sealer))


def device(account: Account, sealer: Sealer) -> str:
    """What a browser keeps that signed in to this account; it opens nothing, it only spares strangers' failures."""
    return sealer.digest(str(account.id), "device")


def _digest(token: str, sealer: Sealer) -> str:
    return sealer.digest(token, "session")


def _login(typed: str) -> str:
    try:
        return normal_login(typed)
    except BadLogin:
        return typed[:300]  # nobody has it; it is answered like any other that nobody has
