"""Changes on the wire."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engagement.changes.model import Change
from engagement.worddiff import diff

Counts = Mapping[UUID, int]


def change(of: Change, before: Counts, after: Counts) -> dict[str, Any]:
    """A block that is not as it was, with how many annotations stand at it in both versions."""
    old, new = of.texts()
    return {
        "blockId": str(of.block_id),
        "change": of.kind,
        "number": of.number,
        "place": of.place,
        "pieces": [{"op": op, "text": text} for op, text in diff(old, new)],
        "annotationsBefore": sum(before.get(each.id, 0) for each in of.before),
        "annotationsAfter": after.get(of.after.id, 0) if of.after else 0,
    }
