"""How ids and instants look on the standard's wire."""

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis import clock
from chassis.errors import Invalid, NotFound


def named(kind: str, of: UUID) -> str:
    """`event_id:0190…`, as the standard's examples have it."""
    return f"{kind}_id:{of}"


def bare(given: str) -> UUID:
    """The id in a string that may name its kind before a colon. Raises NotFound for what cannot be an id here."""
    try:
        return UUID(given.rpartition(":")[2])
    except ValueError:
        raise NotFound("One or more of the given ids are not found.") from None


def bare_all(given: list[str] | None) -> list[UUID] | None:
    """None when nothing is given."""
    return [bare(each) for each in given] if given is not None else None


def maybe(given: str | None) -> UUID | None:
    """None when nothing is given."""
    return bare(given) if given is not None else None


def instant(given: str, pointer: str) -> datetime:
    """An instant with a zone, in UTC. Raises Invalid."""
    try:
        return clock.parse(given)
    except ValueError:
        raise Invalid("An instant has a date, a time and a zone.", [(pointer, "is no instant with a zone")]) from None


def maybe_instant(given: str | None, pointer: str) -> datetime | None:
    """None when nothing is given."""
    return instant(given, pointer) if given is not None else None


def details(body: dict[str, Any], kind: str) -> dict[str, Any]:
    """The standard wraps them as `details` here and as `<kind>_details` there; both are taken."""
    found: dict[str, Any] = body["details"] if "details" in body else body[f"{kind}_details"]
    return found
