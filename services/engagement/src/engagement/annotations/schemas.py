"""Annotations on the wire. Plain functions: these are hot paths."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.clock import text
from chassis.schemas import without_none
from engagement.annotations.model import Anchor, Annotation, Disposition, Filter, Purpose, Remark, Shown, Target
from engagement.annotations.quotes import Quote
from engagement.contributions import Channel
from engagement.receipts.model import Leaf
from engagement.receipts.schemas import receipt


@dataclass(frozen=True, slots=True)
class Reader:
    """What one reader sees: the authors' names, of what is hidden nothing, of what is internal nothing."""

    names: dict[UUID, str | None]
    may_read: Callable[[Annotation], bool]
    may_know: Callable[[Disposition], bool]


def remark(body: dict[str, Any]) -> Remark:
    """What someone says; its form is checked already."""
    target = body.get("target")
    channel = Channel(body.get("channel", Channel.WEB))
    said = _target(target) if target else None
    return Remark(Purpose(body["purpose"]), body["body"], said, body.get("proposedText"), channel)


def chosen(block: str | None, where: str, purpose: str | None, answered: bool | None) -> Filter:
    """What a list is asked for."""
    return Filter(UUID(block) if block else None, where, Purpose(purpose) if purpose else None, answered)


def posted(of: Annotation, author: str | None, leaf: Leaf, beside: Shown | None = None) -> dict[str, Any]:
    """An annotation as it stands after it was sent, with its receipt."""
    place = {"place": _place(beside.anchor, beside.number)} if beside and beside.anchor else {}
    return annotation(of, author) | place | {"receipt": receipt(leaf)}


def thread(of: Shown, reader: Reader) -> dict[str, Any]:
    """A root with its first answers, as one reader sees it."""
    known = of.disposition if of.disposition and reader.may_know(of.disposition) else None
    body = read(of.annotation, reader) | {
        "disposition": disposition(known) if known else None,
        "repliesTotal": of.replies_total,
        "replies": [read(each, reader) for each in of.replies],
    }
    return body | {"place": _place(of.anchor, of.number)} if of.anchor else body


def read(of: Annotation, reader: Reader) -> dict[str, Any]:
    """Of what is hidden from the reader, the place in the thread and the reason."""
    if reader.may_read(of):
        return annotation(of, reader.names.get(of.participant_id) if of.participant_id else None)
    return annotation(of, None) | {"body": None, "proposedText": None}


def annotation(of: Annotation, author: str | None) -> dict[str, Any]:
    """An annotation or an answer to one."""
    return {
        "id": str(of.id),
        "documentId": str(of.document_id),
        "versionId": str(of.version_id),
        "parentId": str(of.parent_id) if of.parent_id else None,
        "purpose": of.purpose,
        "body": of.body,
        "quote": of.exact,
        "blockId": str(of.block_id) if of.block_id else None,
        "proposedText": of.proposed,
        "author": author,
        "state": of.state,
        "hiddenReason": of.hidden_reason,
        "channel": of.channel,
        "at": text(of.at),
    }


def disposition(of: Disposition) -> dict[str, Any]:
    """What became of an annotation."""
    changed = of.change_version_id and of.change_block_id
    said = {
        "reason": of.reason,
        "change": {"versionId": str(of.change_version_id), "blockId": str(of.change_block_id)} if changed else None,
        "publishedAt": text(of.published_at) if of.published_at else None,
    }
    named = {"annotationId": str(of.annotation_id), "outcome": of.outcome, "decidedAt": text(of.decided_at)}
    return named | without_none(said)


def _target(body: dict[str, Any]) -> Target:
    exact = body.get("exact")
    quote = Quote(exact, body.get("prefix", ""), body.get("suffix", "")) if exact else None
    return Target(UUID(body["blockId"]), quote)


def _place(of: Anchor, number: str | None) -> dict[str, Any]:
    return {
        "versionId": str(of.version_id),
        "outcome": of.outcome,
        "blockId": str(of.block_id) if of.block_id else None,
        "number": number,
        "start": of.start,
        "end": of.end,
        "score": of.score,
        "nearest": str(of.nearest) if of.nearest else None,
    }
