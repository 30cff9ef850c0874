"""A person's participation in one process."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from chassis.errors import Conflict, Forbidden


class Step(IntEnum):
    """How sure it is that one person counts once: a step of the access ladder. Every contribution keeps its own."""

    OPEN = 0  # a key in the browser
    EMAIL = 1  # an address that answered
    SMS = 2  # a telephone number that answered
    REGISTERED = 3  # an account
    VERIFIED = 4  # an account whose person was checked

    @classmethod
    def of(cls, access: str) -> "Step":
        """As a process's strategy names it: open, email, sms, registered, verified."""
        return cls[access.upper()]


REGISTERED = int(Step.REGISTERED)


class State(StrEnum):
    JOINING = "joining"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"


class NotAParticipant(Forbidden):
    """Only people who joined the process do this."""


class IdentityNotChecked(Forbidden):
    """The process is for people whose identity was checked."""


class ProcessNotJoinable(Conflict):
    """A process can be joined while it is announced or open."""


@dataclass(frozen=True, slots=True)
class Participant:
    """`recipient` is the registry entry that knows the address; None without one. `address_digest` is what a visitor
    proved, so that a mailbox counts once. `display_name` is empty where there is none (any more)."""

    id: UUID
    process_id: UUID
    subject: str
    display_name: str
    language: str | None
    joined_at: datetime
    state: State = State.JOINING
    consent_record_id: str | None = None
    recipient: str | None = None
    ladder_step: int = REGISTERED
    address_digest: str | None = None
    withdrawn_at: datetime | None = None

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
