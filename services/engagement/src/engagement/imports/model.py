"""What an import keeps although it breaks a limit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis import ids
from chassis.errors import Invalid
from engagement.contributions import Excess, Kind


class UnknownParticipant(Invalid):
    """The person whom an import names does not take part in this process."""


class DraftImported(Invalid):
    """What is imported is public; a draft is its author's alone."""


@dataclass(frozen=True, slots=True)
class ImportException:
    """One limit that one imported contribution breaks."""

    id: UUID
    process_id: UUID
    kind: Kind
    contribution_id: UUID
    limit: str
    allowed: int
    actual: int
    at: datetime


def exceptions(
    process_id: UUID, kind: Kind, contribution_id: UUID, excesses: list[Excess], at: datetime
) -> list[ImportException]:
    """One for each limit that is broken."""
    return [
        ImportException(ids.new(), process_id, kind, contribution_id, each.limit, each.allowed, each.actual, at)
        for each in excesses
    ]
