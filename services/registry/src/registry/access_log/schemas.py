"""The log on the wire."""

from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from registry.access_log.model import Row


def usage(of: Row, entries: list[str]) -> dict[str, Any]:
    """A read as the person concerned sees it; `refrences` is the official spelling."""
    member, _, application = of.application.rpartition("/")
    return without_none(
        {
            "id": str(of.number),
            "readerId": of.subject or of.application,
            "readerInstitutionId": member,
            "readerApplicationName": application,
            "searchDateTime": text(of.at),
            "refrences": [{"ReferenceId": each} for each in entries],
            "action": of.action,
            "fields": of.fields,
            "purpose": of.purpose,
            "consentReference": of.consent,
        }
    )


def row(of: Row) -> dict[str, Any]:
    """A row as auditors see it."""
    return without_none(
        {
            "number": of.number,
            "action": of.action,
            "registry": of.registry,
            "entries": of.entries,
            "fields": of.fields,
            "count": len(of.entries),
            "application": of.application,
            "subject": of.subject,
            "purpose": of.purpose,
            "consentReference": of.consent,
            "at": text(of.at),
        }
    )
