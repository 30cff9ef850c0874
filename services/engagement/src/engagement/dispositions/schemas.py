"""Dispositions on the wire."""

from typing import Any
from uuid import UUID

from chassis.clock import text
from engagement.annotations import schemas as annotations
from engagement.annotations.model import State
from engagement.dispositions.model import Answer, Change, Line, Ruling


def ruling(body: dict[str, Any]) -> Ruling:
    """What an official says."""
    change = body.get("change")
    seen = Change(UUID(change["versionId"]), UUID(change["blockId"])) if change else None
    return Ruling(Answer(body["outcome"]), body.get("reason"), seen)


def line(of: Line) -> dict[str, Any]:
    """A line of the table; what a moderator hid is left out of it, for officials too: the table is made to be shown."""
    said, hidden = of.annotation, of.annotation.state is State.HIDDEN
    return {
        "annotationId": str(said.id),
        "reference": ", ".join([f"v{of.version}", *([of.number] if of.number else [])]),
        "purpose": said.purpose,
        "quote": said.exact,
        "body": None if hidden else said.body,
        "proposedText": None if hidden else said.proposed,
        "channel": said.channel,
        "at": text(said.at),
        "disposition": annotations.disposition(of.disposition) if of.disposition else None,
    }
