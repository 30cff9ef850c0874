"""What others may know about a consent record: ids alone."""

from datetime import datetime

from chassis.events import Event
from consent.records.model import Record


def withdrawn(of: Record, at: datetime) -> Event:
    ids: dict[str, object] = {"consentRecordId": of.id, "dataAgreementId": of.agreement_id}
    return Event("consent.record-withdrawn.v1", of.id, at, ids)
