"""Merging on the wire."""

from typing import Any

from chassis.schemas import without_none
from engagement.merging.model import Merged, Named, Relations


def merged(of: Merged, slug: str) -> dict[str, Any]:
    """The new proposal."""
    proposal = of.proposal
    return {"proposalId": str(proposal.id), "reference": _reference(slug, proposal.number or 0), "merged": of.originals}


def relations(of: Relations, slug: str) -> dict[str, Any]:
    """Where a proposal went and where it came from."""
    into = _named(of.into, slug) if of.into else None
    return {"originals": [_named(each, slug) for each in of.originals]} | without_none({"into": into})


def _named(of: Named, slug: str) -> dict[str, Any]:
    return {"id": str(of.id), "reference": _reference(slug, of.number), "title": of.title}


def _reference(slug: str, number: int) -> str:
    return f"{slug.upper()}-{number:05}"
