"""What others may know about documents. Keyed by the document, so that its facts stay in order."""

from chassis.events import Event
from engagement.documents.model import Document, Version


def version_published(of: Document, version: Version) -> Event:
    assert version.published_at is not None  # noqa: S101 - whoever tells it has just published it
    ids: dict[str, object] = {"processId": str(of.process_id), "documentId": str(of.id), "versionId": str(version.id)}
    data = ids | {"number": version.number}
    return Event("engagement.document-version-published.v1", str(of.id), version.published_at, data)
