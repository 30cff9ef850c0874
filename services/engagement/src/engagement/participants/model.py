"""A person's participation in one process."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Forbidden

REGISTERED = 3  # step of the access ladder: open, e-mail, SMS, registered, verified


class State(StrEnum):
    JOINING = "joining"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"


class NotAParticipant(Forbidden):
    """Only people who joined the process do this."""


class ProcessNotJoinable(Conflict):
    """A process can be joined while it is announced or open."""


@dataclass(frozen=True, slots=True)
class Participant:
    """`recipient` is the registry entry that knows the address; None without one."""

    id: UUID
    process_id: UUID
    subject: str
    display_name: str
    language: str | None
    joined_at: datetime
    state: State = State.JOINING
    consent_record_id: str | None = None
    recipient: str | None = None

    @property
    def actor_key(self) -> str:
        """What makes contributions one person's, without saying whose."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class Joining:
    """What a person says when she joins; the address is kept by the registry alone."""

    display_name: str
    email: str | None = None
    language: str | None = None
