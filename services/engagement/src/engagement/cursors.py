"""What a list's cursor holds, read back: callers may send anything."""

from datetime import datetime
from uuid import UUID

from chassis import paging
from chassis.clock import parse
from chassis.paging import BadCursor

_LARGEST = 2**63  # what a database's integer holds


def instant_and_id(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The place of lists by time; None means the first page. Raises BadCursor."""
    values = paging.decode(cursor, 2)
    try:
        return (parse(str(values[0])), UUID(str(values[1]))) if values else None
    except ValueError:
        raise BadCursor("This cursor belongs to another list.") from None


def number_and_id(cursor: str | None) -> tuple[int, UUID] | None:
    """The place of lists by a number; None means the first page. Raises BadCursor."""
    values = paging.decode(cursor, 2)
    if values is None:
        return None
    if not isinstance(values[0], int) or not -_LARGEST <= values[0] < _LARGEST:
        raise BadCursor("This cursor belongs to another list.")
    try:
        return values[0], UUID(str(values[1]))
    except ValueError:
        raise BadCursor("This cursor belongs to another list.") from None
