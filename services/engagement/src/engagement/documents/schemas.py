"""Documents on the wire. Plain functions: blocks are many."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from chassis.clock import text
from chassis.schemas import without_none
from engagement.documents import text as edits
from engagement.documents.formats.source import Format, Source
from engagement.documents.model import Listed, Overview, Version
from engagement.documents.text import BadEdit, BlockKind, Counted, Edit, Heading, Piece


def source(body: dict[str, Any]) -> Source:
    """A text as it comes in."""
    return Source(Format(body["format"]), body["content"])


def edit(body: dict[str, Any]) -> Edit:
    """One change of a draft. Raises BadEdit for an act without what it needs."""
    made = _EDITS[body["act"]]
    try:
        return made(body)
    except KeyError as missing:
        raise BadEdit("This act needs more.", [(f"/{missing.args[0]}", "is needed for this act")]) from None


def document(of: Listed, *, staff: bool) -> dict[str, Any]:
    """A document; its draft is for staff."""
    return {
        "id": str(of.document.id),
        "processId": str(of.document.process_id),
        "title": of.document.title,
        "language": of.document.language,
        "published": of.document.published,
        "newest": str(of.newest) if of.newest else None,
        "draft": str(of.draft) if of.draft and staff else None,
        "annotations": of.annotations,
        "createdAt": text(of.document.created_at),
    }


def version(of: Version) -> dict[str, Any]:
    """A version without its text."""
    said = {
        "note": of.note,
        "sha256": of.sha256,
        "publishedAt": text(of.published_at) if of.published_at else None,
    }
    return {
        "id": str(of.id),
        "documentId": str(of.document_id),
        "number": of.number,
        "state": of.state,
        "revision": of.revision,
        "createdAt": text(of.created_at),
    } | without_none(said)


def overview(of: Overview) -> dict[str, Any]:
    """A version as its page begins."""
    return version(of.version) | {
        "blocks": of.blocks,
        "annotations": of.annotations,
        "orphans": of.orphans,
        "anchored": of.anchored,
        "contents": [_heading(each) for each in of.contents],
    }


def block(of: Counted) -> dict[str, Any]:
    """A block in its place."""
    place, found, annotations = of
    return {
        "id": str(found.id),
        "place": place,
        "kind": found.piece.kind,
        "level": found.piece.level,
        "number": found.piece.number,
        "text": found.text,
        "annotations": annotations,
    }


def _heading(of: Heading) -> dict[str, Any]:
    return {
        "blockId": str(of.block_id),
        "place": of.place,
        "level": of.level,
        "number": of.number,
        "text": of.text,
    }


def _revise(body: dict[str, Any]) -> Edit:
    changes: dict[str, object] = {name: body[name] for name in ("level", "number", "text") if name in body}
    if "kind" in body:
        changes["kind"] = BlockKind(body["kind"])
    return edits.revise(UUID(body["blockId"]), **changes)


def _insert(body: dict[str, Any]) -> Edit:
    piece = Piece(BlockKind(body["kind"]), body["text"], body.get("level", 0), body.get("number", ""))
    return edits.insert(_after(body), piece)


def _after(body: dict[str, Any]) -> UUID | None:
    return UUID(body["after"]) if "after" in body else None


_EDITS: dict[str, Callable[[dict[str, Any]], Edit]] = {
    "revise": _revise,
    "insert": _insert,
    "split": lambda body: edits.split(UUID(body["blockId"]), body["at"]),
    "merge": lambda body: edits.merge(UUID(body["blockId"])),
    "move": lambda body: edits.move(UUID(body["blockId"]), _after(body)),
    "delete": lambda body: edits.delete(UUID(body["blockId"])),
}
