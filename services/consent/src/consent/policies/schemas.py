"""Policies on the wire."""

from typing import Any
from uuid import UUID

from consent.policies.model import Policy
from consent.revisions import schemas as revisions
from consent.revisions.model import Revision


def answer(of: Revision, successor: UUID | None = None) -> dict[str, Any]:
    """`{policy, revision}`."""
    return {"policy": Policy.of(of.content).content(), "revision": revisions.revision(of, successor)}
