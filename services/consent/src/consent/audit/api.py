"""The door of auditors."""

from flask import Response

from chassis.web import ok, reading, runtime
from consent.agreements import schemas as agreement_schemas
from consent.agreements import store as agreements
from consent.audit import actions, schemas
from consent.journal import store as journal
from consent.records import schemas as record_schemas
from consent.records import store as records
from consent.revisions import schemas as revisions
from consent.revisions import store as history
from consent.revisions.model import Kind


def audit_consent_records(offset: int = 0, limit: int = 20) -> Response:
    with reading() as tx:
        return ok(record_schemas.listed(records.page(tx, offset, limit)))


def audit_consent_record(consent_record_id: str) -> Response:
    with reading() as tx:
        record = records.find(tx, consent_record_id)
        past = history.history(tx, Kind.RECORD, record.id)
    return ok({"consentRecord": record.content(), "revisions": revisions.revisions(past)})


def audit_data_agreements(offset: int = 0, limit: int = 20) -> Response:
    with reading() as tx:
        return ok(agreement_schemas.listed(agreements.page(tx, offset, limit)))


def audit_data_agreement(data_agreement_id: str) -> Response:
    with reading() as tx:
        latest = agreements.latest(tx, data_agreement_id)
        past = history.history(tx, Kind.AGREEMENT, data_agreement_id)
    return ok({"dataAgreement": latest.content, "revisions": revisions.revisions(past)})


def list_journal(offset: int = 0, limit: int = 20) -> Response:
    with reading() as tx:
        return ok({"items": [schemas.row(each) for each in journal.page(tx, offset, limit)]})


def verify_chains() -> Response:
    with reading() as tx:
        return ok(schemas.finding(actions.verify(tx, runtime().sealer)))
