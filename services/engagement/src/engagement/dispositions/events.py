"""What others may know about dispositions."""

from uuid import UUID

from chassis.events import Event
from engagement.annotations.model import Disposition


def answered(of: Disposition, process_id: UUID, recipient: str | None) -> Event:
    assert of.published_at is not None  # noqa: S101 - it is told when it is published
    ids: dict[str, object] = {"processId": str(process_id), "documentId": str(of.document_id)}
    data = {"annotationId": str(of.annotation_id), "outcome": of.outcome, "recipient": recipient}
    return Event("engagement.annotation-answered.v1", str(of.document_id), of.published_at, ids | data)
