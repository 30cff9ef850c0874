"""Texts and what changed, on the wire."""

from collections.abc import Iterable
from typing import Any

from chassis.clock import text
from engagement.texts.model import Change, Version
from engagement.worddiff import Piece


def version(of: Version) -> dict[str, Any]:
    """Without its words, which the list of changes shows."""
    return {
        "number": of.number,
        "cause": of.cause,
        "at": text(of.at),
        "amendmentId": str(of.amendment_id) if of.amendment_id else None,
        "title": of.content.get("title") or {},
    }


def changes(of: Iterable[Change]) -> list[dict[str, Any]]:
    """Field by field, word by word."""
    return [{"field": each.field, "language": each.language, "pieces": pieces(each.pieces)} for each in of]


def pieces(of: Iterable[Piece]) -> list[dict[str, str]]:
    """In reading order."""
    return [{"op": op, "text": said} for op, said in of]
