"""Pages by key, never by offset: a cursor holds the sort values of the last item shown, and is opaque to callers."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson

from chassis.errors import Invalid

T = TypeVar("T")


class BadCursor(Invalid):
    """The cursor is not one that a page gave."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Items of one page; `next` is None on the last."""

    items: Sequence[T]
    next: str | None


def page(rows: Sequence[T], limit: int, key: Callable[[T], list[Any]]) -> Page[T]:
    """A page from `limit + 1` fetched rows: the surplus one tells that there is a next."""
    if len(rows) <= limit:
        return Page(rows, None)
    return Page(rows[:limit], encode(key(rows[limit - 1])))


def encode(values: list[Any]) -> str:
    """A cursor that holds these JSON values."""
    return base64.urlsafe_b64encode(orjson.dumps(values, default=str)).decode().rstrip("=")


def decode(cursor: str | None, size: int) -> list[Any] | None:
    """The `size` values in a cursor; None means the first page. Raises BadCursor."""
    if cursor is None:
        return None
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        raise BadCursor("This cursor was not given by a list.") from None
    if not isinstance(values, list) or len(values) != size:
        raise BadCursor("This cursor belongs to another list.")
    return values
