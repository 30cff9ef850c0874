"""The door of GovStack's e-mail operations, and of the counts of notices."""

from typing import Any
from uuid import UUID

from flask import Response, request

from chassis.web import answered, caller, now, ok, reading, runtime, transaction
from messaging.messages import actions, schemas, store
from messaging.messages.model import Wish


def send_single_email(body: dict[str, Any]) -> Response:
    return _accept(schemas.single(body))


def send_batch_email(body: dict[str, Any]) -> Response:
    return _accept(schemas.batch(body, runtime().settings.largest_batch))


def get_email_status(status: list[str]) -> Response:
    with reading() as tx:
        counts = actions.status(tx, UUID(request.headers["requestUid"]), by=caller().application)
    return ok(schemas.counters(counts, status))


def count_notices(about: str) -> Response:
    with reading() as tx:
        counts = store.counts_about(tx, UUID(about))
    return ok(schemas.notices(UUID(about), counts))


def _accept(wish: Wish) -> Response:
    own, by = runtime(), caller().application
    key = request.headers.get("Idempotency-Key", "")
    mhash = actions.mhash(own.sealer, by, key, request.get_data())
    with transaction() as tx:
        quota = own.settings.quota_messages_per_minute
        taken = actions.accept(tx, wish, mhash, by=by, at=now(), sealer=own.sealer, quota=quota)
        return answered(tx, ok(schemas.accepted(taken.id)))
