"""What people annotate, and what becomes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.peers.engagement.results import Receipt
from portal.peers.gateway import Gateway
from portal.peers.wire import Text, read

PURPOSES = ("support", "object", "propose_wording", "question", "editorial")
DISPOSITIONS = ("accepted", "accepted_in_part", "not_accepted", "noted", "answered")
_LONGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands in the version that was asked for."""

    version_id: str
    outcome: str  # placed, relocated, ambiguous, orphaned
    block_id: str | None = None
    number: str | None = None
    start: int | None = None
    end: int | None = None
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    version_id: str
    block_id: str


@dataclass(frozen=True, slots=True)
class Disposition:
    annotation_id: str
    outcome: str
    decided_at: datetime
    reason: Text | None = None
    change: Change | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    id: str
    document_id: str
    state: str  # visible, hidden
    channel: str
    at: datetime
    version_id: str = ""
    parent_id: str | None = None
    purpose: str | None = None
    body: Text | None = None
    quote: str | None = None
    block_id: str | None = None
    proposed_text: str | None = None
    place: Place | None = None
    author: str | None = None
    hidden_reason: str | None = None
    disposition: Disposition | None = None
    replies_total: int = 0
    replies: "tuple[Annotation, ...]" = ()


@dataclass(frozen=True, slots=True)
class AnnotationPage:
    items: tuple[Annotation, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    id: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the disposition table."""

    annotation_id: str
    reference: str
    purpose: str
    at: datetime
    channel: str = "web"
    quote: str | None = None
    body: Text | None = None
    proposed_text: str | None = None
    disposition: Disposition | None = None


@dataclass(frozen=True, slots=True)
class Table:
    items: tuple[Line, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. None means no restriction; `where` is anywhere, document or lost."""

    block: str | None = None
    where: str | None = None
    purpose: str | None = None
    answered: bool | None = None
    cursor: str | None = None


def list_annotations(gateway: Gateway, version_id: str, wanted: Filter) -> AnnotationPage:
    """Oldest first, each with its first two answers."""
    query = {
        "block": wanted.block,
        "where": wanted.where,
        "purpose": wanted.purpose,
        "answered": None if wanted.answered is None else str(wanted.answered).lower(),
        "cursor": wanted.cursor,
    }
    path = f"v1/document-versions/{version_id}/annotations"
    return read(AnnotationPage, gateway.get("engagement", path, query=query))


def annotation(gateway: Gateway, annotation_id: str) -> Annotation:
    return read(Annotation, gateway.get("engagement", f"v1/annotations/{annotation_id}"))


def replies(gateway: Gateway, annotation_id: str, cursor: str | None = None) -> AnnotationPage:
    query = {"cursor": cursor, "limit": 50}
    return read(AnnotationPage, gateway.get("engagement", f"v1/annotations/{annotation_id}/replies", query=query))


def annotate(gateway: Gateway, version_id: str, content: dict[str, object], *, key: str) -> Posted:
    """`key` makes a repeat of the same form harmless."""
    path = f"v1/document-versions/{version_id}/annotations"
    return read(Posted, gateway.post("engagement", path, body=content, idempotency_key=key))


def reply(gateway: Gateway, annotation_id: str, body: Text, *, key: str) -> Posted:
    path = f"v1/annotations/{annotation_id}/replies"
    return read(Posted, gateway.post("engagement", path, body={"body": body}, idempotency_key=key))


def dispose(gateway: Gateway, annotation_id: str, outcome: str, reason: Text | None, change: Change | None) -> None:
    body: dict[str, object] = {"outcome": outcome}
    if reason:
        body["reason"] = reason
    if change:
        body["change"] = {"versionId": change.version_id, "blockId": change.block_id}
    gateway.put("engagement", f"v1/annotations/{annotation_id}/disposition", body=body)


def accept_wording(gateway: Gateway, annotation_id: str) -> None:
    gateway.post("engagement", f"v1/annotations/{annotation_id}/acceptance")


def table(gateway: Gateway, document_id: str, cursor: str | None = None, limit: int = 20) -> Table:
    """Oldest first."""
    query = {"cursor": cursor, "limit": limit}
    return read(Table, gateway.get("engagement", f"v1/documents/{document_id}/dispositions", query=query))


def whole_table(gateway: Gateway, document_id: str) -> Iterator[Line]:
    """Every line, asked for a page at a time."""
    cursor: str | None = None
    while True:
        page = table(gateway, document_id, cursor, _LONGEST_PAGE)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def publish_dispositions(gateway: Gateway, document_id: str) -> int:
    """How many became public now."""
    done = gateway.post("engagement", f"v1/documents/{document_id}/dispositions/publication")
    return int(done["published"])
