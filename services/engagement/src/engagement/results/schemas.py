"""Figures on the wire."""

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import text
from engagement.results.model import Figures


def figures(process_id: UUID, of: Figures, at: datetime) -> dict[str, Any]:
    """The process in figures, as of `at`."""
    return {
        "processId": str(process_id),
        "at": text(at),
        "proposals": of.proposals,
        "proposalsByChannel": of.proposals_by_channel,
        "comments": of.comments,
        "positions": {
            "inFavour": of.positions.get("in_favour", 0),
            "neutral": of.positions.get("neutral", 0),
            "against": of.positions.get("against", 0),
            "none": of.positions.get("none", 0),
        },
        "endorsements": of.endorsements,
        "contributors": of.contributors,
        "participants": of.participants,
        "decisions": of.decisions,
        "answered": of.answered,
        "withReason": of.with_reason,
        "notices": of.notices,
        "exceptions": of.exceptions,
    }
