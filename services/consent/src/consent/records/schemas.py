"""Consent records on the wire."""

from typing import Any

from chassis.clock import text
from consent.records.model import Record
from consent.revisions import schemas as revisions
from consent.revisions.model import Revision


def answer(record: Record, revision: Revision) -> dict[str, Any]:
    """`{consentRecord, revision}`."""
    shown = record.content() | {"signature": _signature(revision)}
    return {"consentRecord": shown, "revision": revisions.revision(revision)}


def listed(records: list[Record]) -> dict[str, Any]:
    """`{consentRecords}`."""
    return {"consentRecords": [record.content() for record in records]}


def _signature(of: Revision) -> dict[str, Any]:
    return {
        "id": str(of.id),
        "payload": of.signature.split(".")[1],
        "signature": of.signature,
        "verificationMethod": "JWS (RFC 7515), Ed25519",
        "verificationPayload": of.snapshot,
        "verificationPayloadHash": of.hash,
        "verificationSignedBy": "consent",
        "timestamp": text(of.at),
        "objectType": "revision",
        "objectReference": str(of.id),
    }
