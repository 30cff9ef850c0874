"""Data agreements on the wire."""

from typing import Any
from uuid import UUID

from consent.revisions import schemas as revisions
from consent.revisions.model import Content, Revision


def answer(of: Revision, successor: UUID | None = None) -> dict[str, Any]:
    """`{dataAgreement, revision}`."""
    return {"dataAgreement": of.content, "revision": revisions.revision(of, successor)}


def listed(agreements: list[Content]) -> dict[str, Any]:
    """Under both keys: the official file has the singular by mistake."""
    return {"dataAgreements": agreements, "dataAgreement": agreements}
