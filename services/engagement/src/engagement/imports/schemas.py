"""Imports on the wire."""

from typing import Any

from engagement.imports.model import ImportException


def exception(of: ImportException) -> dict[str, Any]:
    """One limit that one contribution breaks."""
    return {
        "kind": of.kind,
        "contributionId": str(of.contribution_id),
        "limit": of.limit,
        "allowed": of.allowed,
        "actual": of.actual,
    }


def imported(contribution: dict[str, Any], kept: list[ImportException]) -> dict[str, Any]:
    """What was kept, and the limits that it breaks."""
    return {"contribution": contribution, "exceptions": [exception(each) for each in kept]}
