"""A file of contributions: its format, its variant, and the values of its cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.clock import text
from chassis.errors import Conflict

MOST_ROWS_OF_A_SHEET = 100_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a spreadsheet recognises what it is to run


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"


class Variant(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part that is asked for: at most so many rows after a key; None begins the file."""

    dataset: str
    format: Format
    variant: Variant
    after: UUID | None
    limit: int


class TooLong(Conflict):
    """A workbook is made as one piece and holds only so many rows."""


def cell(value: object, language: str) -> object:
    """A value for one cell of a table: text in one language, lists joined, instants in UTC; numbers stay numbers."""
    if isinstance(value, Mapping):
        return guarded(str(value.get(language) or next(iter(value.values()), "")))
    if isinstance(value, list | tuple):
        return guarded("; ".join(str(each) for each in value))
    if isinstance(value, datetime):
        return text(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return guarded(str(value))


def guarded(said: str) -> str:
    """What people wrote, so that no spreadsheet takes it for a formula."""
    return f"'{said}" if said.startswith(_FORMULA) else said
