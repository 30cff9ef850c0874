"""The door of accounts, for administrators."""

from uuid import UUID

from flask import Response

from chassis.web import answered, caller, created, now, ok, reading, runtime, transaction
from identity.actors import actor
from identity.people import actions, schemas, store
from identity.people.passwords import Passwords


def open_account(body: dict[str, object]) -> Response:
    own = runtime()
    wanted = schemas.OPENING.load(body)
    ready, hash_ = actions.prepared(wanted, settings=own.settings, passwords=Passwords(own.settings))
    with transaction() as tx:
        account = actions.open_account(tx, ready, hash_, by=actor(caller()), at=now(), sealer=own.sealer)
        return answered(tx, created(schemas.ACCOUNT.dump(account)))


def get_account(subject: str) -> Response:
    with reading() as tx:
        account = store.find(tx, UUID(subject), runtime().sealer)
    return ok(schemas.ACCOUNT.dump(account))


def suspend_account(subject: str, body: dict[str, str]) -> Response:
    with transaction() as tx:
        account = actions.suspend(
            tx, UUID(subject), body["reason"], by=actor(caller()), at=now(), sealer=runtime().sealer
        )
    return ok(schemas.ACCOUNT.dump(account))


def resume_account(subject: str) -> Response:
    with transaction() as tx:
        account = actions.resume(tx, UUID(subject), by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok(schemas.ACCOUNT.dump(account))
