"""Revisions on the wire."""

from typing import Any
from uuid import UUID

from chassis.clock import text
from chassis.schemas import without_none
from consent.revisions.model import Revision


def revision(of: Revision, successor: UUID | None = None) -> dict[str, Any]:
    """A revision as the official file shows it, with our signature."""
    return without_none(
        {
            "id": str(of.id),
            "schemaName": of.schema_name,
            "objectId": of.object_id,
            "signedWithoutObjectId": False,
            "serializedSnapshot": of.snapshot,
            "serializedHash": of.hash,
            "timestamp": text(of.at),
            "authorizedByIndividual": {"id": of.individual} if of.individual else None,
            "authorizedByOther": of.other,
            "successor": {"id": str(successor)} if successor else None,
            "predecessorHash": of.predecessor_hash,
            "predecessorSignature": of.predecessor_signature,
            "signature": of.signature,
        }
    )


def revisions(newest_first: list[Revision], successor: UUID | None = None) -> list[dict[str, Any]]:
    """A whole history or a page of it; `successor` is the first one's, None when it is the latest."""
    later: list[UUID | None] = [successor, *(each.id for each in newest_first)]
    return [revision(each, after) for each, after in zip(newest_first, later, strict=False)]
