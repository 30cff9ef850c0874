"""The door of data agreements."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import ids
from chassis.web import answered, caller, now, ok, reading, runtime, transaction
from consent.actors import actor
from consent.agreements import actions, schemas, store
from consent.agreements.model import Agreement
from consent.revisions import schemas as revisions
from consent.revisions import store as history


def create_data_agreement(body: dict[str, Any]) -> Response:
    written = body["dataAgreement"]
    agreement = Agreement.of({"id": str(ids.new()), **written})
    with transaction() as tx:
        policy_id = written["policy"]["id"]
        revision = actions.create(tx, agreement, policy_id, by=actor(caller()), at=now(), sealer=runtime().sealer)
        return answered(tx, ok(schemas.answer(revision)))


def read_data_agreement(data_agreement_id: str, revision_id: str | None = None) -> Response:
    return _shown(data_agreement_id, revision_id)


def show_data_agreement(data_agreement_id: str, revision_id: str | None = None) -> Response:
    return _shown(data_agreement_id, revision_id)


def revise_data_agreement(data_agreement_id: str, body: dict[str, Any]) -> Response:
    written = body["dataAgreement"]
    agreement = Agreement.of(written | {"id": data_agreement_id})
    with transaction() as tx:
        policy_id = written["policy"]["id"]
        revision = actions.revise(tx, agreement, policy_id, by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok(schemas.answer(revision))


def terminate_data_agreement(data_agreement_id: str) -> Response:
    with transaction() as tx:
        revision = actions.terminate(tx, data_agreement_id, by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok({"revision": revisions.revision(revision)})


def list_data_agreements(offset: int = 0, limit: int = 20) -> Response:
    with reading() as tx:
        return ok(schemas.listed(store.page(tx, offset, limit)))


def _shown(agreement_id: str, revision_id: str | None) -> Response:
    with reading() as tx:
        revision = actions.shown(tx, agreement_id, UUID(revision_id) if revision_id else None)
        after = history.successor(tx, revision)
    return ok(schemas.answer(revision, after))
