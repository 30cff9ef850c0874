"""The door of consent records."""

from typing import Any
from uuid import UUID

from flask import Response, request

from chassis.web import caller, now, ok, reading, runtime, transaction
from consent.actors import Actor, actor
from consent.records import actions, schemas, store

_HEADER = "X-ConsentBB-IndividualId"


def give_consent(data_agreement_id: str, revision_id: str | None = None, individual_id: str | None = None) -> Response:
    by = actor(caller())
    individual = _individual(by, individual_id)
    wanted = UUID(revision_id) if revision_id else None
    with transaction() as tx:
        given = actions.give(
            tx, data_agreement_id, wanted, individual=individual, by=by, at=now(), sealer=runtime().sealer
        )
    return ok(schemas.answer(*given))


def read_my_consent(data_agreement_id: str, individual_id: str | None = None) -> Response:
    individual = _individual(actor(caller()), individual_id)
    with reading() as tx:
        record = store.newest(tx, data_agreement_id, individual)
        return ok(schemas.answer(record, actions.latest(tx, record)))


def list_my_consents(offset: int = 0, limit: int = 20) -> Response:
    individual = _individual(actor(caller()))
    with reading() as tx:
        return ok(schemas.listed(store.page(tx, offset, limit, individual=individual)))


def change_my_consent(consent_record_id: str, body: dict[str, Any]) -> Response:
    by = actor(caller())
    individual = _individual(by)
    opt_in = body["consentRecord"]["optIn"]
    with transaction() as tx:
        changed = actions.change(
            tx, consent_record_id, opt_in, individual=individual, by=by, at=now(), sealer=runtime().sealer
        )
    return ok(schemas.answer(*changed))


def verify_consent(consent_record_id: str) -> Response:
    with reading() as tx:
        record, revision, valid = actions.verified(tx, consent_record_id, runtime().sealer)
    return ok(schemas.answer(record, revision) | {"valid": valid})


def list_standing_consents(data_agreement_id: str | None = None, offset: int = 0, limit: int = 20) -> Response:
    with reading() as tx:
        return ok(schemas.listed(store.page(tx, offset, limit, agreement_id=data_agreement_id, opt_in=True)))


def _individual(by: Actor, in_query: str | None = None) -> str:
    return by.individual(in_query, request.headers.get(_HEADER))
