"""A fact box and a rumour, by version."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from engagement.processes.model import Text


class RumourStatus(StrEnum):
    UNCONFIRMED = "unconfirmed"
    TRUE = "true"
    MISLEADING = "misleading"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact can be looked up."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class FactBox:
    """Version `number` of a process's facts."""

    process_id: UUID
    number: int
    body: Text
    sources: tuple[Source, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the institution says about a rumour."""

    status: RumourStatus
    words: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Rumour:
    """What people say, with version `number` of the answer."""

    id: UUID
    number: int
    process_id: UUID
    claim: Text
    answer: Answer
    by: str
    at: datetime
