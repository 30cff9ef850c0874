"""A merge, and who is asked about it."""

from dataclasses import dataclass
from uuid import UUID

from chassis.errors import Conflict
from engagement.processes.model import Text
from engagement.proposals.model import Proposal


class AlreadyMerged(Conflict):
    """A proposal is merged once."""


class NothingToCarry(Conflict):
    """Only who supported one of the originals carries that support over, while the answers are not public."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The new proposal, and how many originals it took the place of."""

    proposal: Proposal
    originals: int


@dataclass(frozen=True, slots=True)
class Supporter:
    """Someone whose support for an original counts; None where no address is known."""

    participant_id: UUID
    recipient: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """A proposal by its number and title."""

    id: UUID
    number: int
    title: Text


@dataclass(frozen=True, slots=True)
class Relations:
    """What a proposal was merged into (None: nothing), and from what it was merged."""

    into: Named | None
    originals: tuple[Named, ...]
