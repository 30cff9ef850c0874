"""A text among those that a proposal has had, and what changed from one to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from engagement.worddiff import Piece, diff

FIELDS = ("title", "summary", "body")
Words = Mapping[str, Mapping[str, str] | None]  # {field: {language: text}}


class Cause(StrEnum):
    SUBMITTED = "submitted"
    EDITED = "edited"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Version:
    """`amendment_id` is whose words it took; None when they are the author's."""

    number: int
    content: Words
    cause: Cause
    at: datetime
    amendment_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one field in one language."""

    field: str
    language: str
    pieces: list[Piece]


def changes(old: Words, new: Words) -> list[Change]:
    """Fields that differ, in their order, each in its languages."""
    found = []
    for field in FIELDS:
        before, after = old.get(field) or {}, new.get(field) or {}
        for language in dict.fromkeys([*before, *after]):
            one, other = before.get(language, ""), after.get(language, "")
            if one != other:
                found.append(Change(field, language, diff(one, other)))
    return found
