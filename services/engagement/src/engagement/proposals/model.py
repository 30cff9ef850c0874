"""A proposal, its endorsement and the decision on it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis import ids
from chassis.errors import Conflict, Forbidden
from engagement.contributions import Channel, Kind, Status
from engagement.counts.model import ProposalCounts
from engagement.participants.model import REGISTERED, Participant
from engagement.processes.model import Text
from engagement.proposals.content import Content, Display, Picture

PROPOSAL, ENDORSEMENT = Kind("proposal"), Kind("endorsement")
EDITED_WITHIN = timedelta(minutes=30)  # of publication, unless somebody supports or comments before


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


class Verification(StrEnum):
    PENDING = "pending"
    VALID = "valid"
    INVALID = "invalid"


class ProposalClosed(Conflict):
    """The proposal is not published (any more)."""


class AlreadyEndorsed(Conflict):
    """One person supports a proposal once."""


class AlreadySubmitted(Conflict):
    """The time to edit is over; later changes are amendments."""


class NotYourText(Forbidden):
    """Only the author does this."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What someone sends: a text, where it came in, and whether it is to stay a draft."""

    content: Content
    channel: Channel = Channel.WEB
    meeting: str | None = None
    draft: bool = False
    display: Display = Display.NAME
    pseudonym: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """`participant_id` is None for what a meeting or an office brought; `number` is None for a draft."""

    id: UUID
    process_id: UUID
    participant_id: UUID | None
    entered_by: str
    actor_key: str
    channel: Channel
    meeting: str | None
    content: Content
    created_at: datetime
    number: int | None = None
    state: State = State.DRAFT
    status: Status = Status.PENDING
    hidden_reason: str | None = None
    verification: Verification = Verification.PENDING
    verified_at: datetime | None = None
    ladder_step: int = REGISTERED
    published_at: datetime | None = None
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    text_number: int = 1
    pictures: tuple[Picture, ...] = ()
    display: Display = Display.NAME
    pseudonym: str | None = None
    version: int = 1

    def revised(self, wanted: Submission) -> "Proposal":
        """Another draft. Raises AlreadySubmitted."""
        if self.state is not State.DRAFT:
            raise AlreadySubmitted("This proposal was submitted; it changes by amendment.")
        shown = {"display": wanted.display, "pseudonym": wanted.pseudonym}
        return replace(self, content=wanted.content, version=self.version + 1, **shown)  # type: ignore[arg-type]

    def rewritten(self, content: Content, at: datetime) -> "Proposal":
        """Another text in the place of the public one. Raises ProposalClosed."""
        if self.state is not State.PUBLISHED:
            raise ProposalClosed("Only what is published gets another text.")
        changed = replace(self, content=content, text_number=self.text_number + 1, edited_at=at)
        return replace(changed, version=self.version + 1)

    def showing(self, pictures: tuple[Picture, ...]) -> "Proposal":
        """With these pictures, in this order."""
        return replace(self, pictures=pictures, version=self.version + 1)

    def withdrawn(self, at: datetime) -> "Proposal":
        """By its author: the title and what was counted stay. Raises ProposalClosed."""
        if self.state is not State.PUBLISHED:
            raise ProposalClosed("Only what is published can be withdrawn.")
        changed = replace(self, state=State.WITHDRAWN, status=Status.WITHDRAWN, withdrawn_at=at)
        return replace(changed, version=self.version + 1)

    def submitted(self, number: int, at: datetime) -> "Proposal":
        """Public from now on."""
        return replace(self, state=State.PUBLISHED, status=Status.COUNTED, number=number, published_at=at)

    def endorsed_by(self, participant: Participant, at: datetime) -> "Endorsement":
        """One participant's support. Raises ProposalClosed."""
        if self.state is not State.PUBLISHED:
            raise ProposalClosed("This proposal takes no support.")
        support = Endorsement(ids.new(), self.id, participant.id, participant.actor_key, at)
        return replace(support, ladder_step=participant.ladder_step)

    def hidden(self, reason: str) -> "Proposal":
        """Out of the public's sight. Raises ProposalClosed."""
        if self.state is not State.PUBLISHED:
            raise ProposalClosed("Only what is published can be hidden.")
        changed = replace(self, state=State.HIDDEN, status=Status.HIDDEN, hidden_reason=reason)
        return replace(changed, version=self.version + 1)

    def restored(self) -> "Proposal":
        """Public again. Raises ProposalClosed."""
        if self.state is not State.HIDDEN:
            raise ProposalClosed("Only what is hidden can be restored.")
        status = Status.INVALIDATED if self.verification is Verification.INVALID else Status.COUNTED
        changed = replace(self, state=State.PUBLISHED, status=status, hidden_reason=None)
        return replace(changed, version=self.version + 1)

    def verified(self, outcome: Verification, at: datetime) -> "Proposal":
        """Checked by an official; what is invalid counts no more. Raises ProposalClosed."""
        if self.state is not State.PUBLISHED:
            raise ProposalClosed("Only what is published is verified.")
        status = Status.INVALIDATED if outcome is Verification.INVALID else Status.COUNTED
        changed = replace(self, verification=outcome, verified_at=at, status=status)
        return replace(changed, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Endorsement:
    """One participant's support of one proposal."""

    id: UUID
    proposal_id: UUID
    participant_id: UUID
    actor_key: str
    at: datetime
    channel: Channel = Channel.WEB
    ladder_step: int = REGISTERED
    status: Status = Status.COUNTED


@dataclass(frozen=True, slots=True)
class Decision:
    """What officials decided, and why. Internal until `published_at`."""

    proposal_id: UUID
    outcome: str
    reason_code: str
    reason: Text | None
    decided_at: datetime
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal with what stands beside it on a page, for one reader: whether it is hers, whether she supports it."""

    proposal: Proposal
    slug: str
    author: str | None
    mine: bool
    endorsed: bool
    counts: ProposalCounts
    decision: Decision | None
