"""What others may know about annotations. Keyed by the document, so that one document's facts stay in order."""

from datetime import datetime

from chassis.events import Event
from engagement.annotations.model import Annotation


def posted(of: Annotation, recipient: str | None) -> Event:
    parent = str(of.parent_id) if of.parent_id else None
    data = {"parentId": parent, "purpose": of.purpose, "channel": of.channel, "recipient": recipient}
    ids: dict[str, object] = {"documentId": str(of.document_id), "annotationId": str(of.id)}
    return _event("annotation-posted", of, of.at, **ids, **data)


def hidden(of: Annotation, at: datetime) -> Event:
    return _event("contribution-hidden", of, at, kind="annotation", contributionId=str(of.id))


def restored(of: Annotation, at: datetime) -> Event:
    return _event("contribution-restored", of, at, kind="annotation", contributionId=str(of.id))


def _event(fact: str, of: Annotation, at: datetime, **data: object) -> Event:
    return Event(f"engagement.{fact}.v1", str(of.document_id), at, {"processId": str(of.process_id), **data})
