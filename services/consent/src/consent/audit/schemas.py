"""What auditors read, on the wire."""

from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from consent.audit.model import Finding
from consent.journal.model import Row


def finding(of: Finding) -> dict[str, Any]:
    """What the check found."""
    broken = {"where": of.broken.where, "reason": of.broken.reason} if of.broken else None
    return without_none({"unbroken": broken is None, "revisions": of.revisions, "rows": of.rows, "broken": broken})


def row(of: Row) -> dict[str, Any]:
    """A row of the journal without its chain."""
    return without_none(
        {
            "number": of.number,
            "action": of.action,
            "schemaName": of.schema_name,
            "objectId": of.object_id,
            "revisionId": str(of.revision_id),
            "by": of.by,
            "roles": of.roles,
            "application": of.application,
            "at": text(of.at),
        }
    )
