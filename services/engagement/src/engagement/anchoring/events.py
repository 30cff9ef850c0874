"""What others may know about annotations that were carried over."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from chassis.events import Event
from engagement.annotations.model import Outcome
from engagement.documents.model import Document


def anchored(of: Document, version_id: UUID, found: Mapping[Outcome, int], at: datetime) -> Event:
    ids: dict[str, object] = {"processId": str(of.process_id), "documentId": str(of.id), "versionId": str(version_id)}
    return Event("engagement.annotations-anchored.v1", str(of.id), at, ids | {str(each): found[each] for each in found})
