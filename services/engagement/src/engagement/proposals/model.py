"""A proposal, its endorsement and the decision on it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis import ids
from chassis.errors import Conflict, Invalid
from engagement.contributions import Channel, Excess, Kind, OutsideLimits, Status
from engagement.counts.model import ProposalCounts
from engagement.participants.model import REGISTERED, Participant
from engagement.processes.model import Limits, Process, Text

PROPOSAL, ENDORSEMENT = Kind("proposal"), Kind("endorsement")


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


class Verification(StrEnum):
    PENDING = "pending"
    VALID = "valid"
    INVALID = "invalid"


class UnknownCategory(Invalid):
    """A process with categories takes one of them."""


class ProposalClosed(Conflict):
    """The proposal is not published (any more)."""


class AlreadyEndorsed(Conflict):
    """One person supports a proposal once."""


class AlreadySubmitted(Conflict):
    """Only a draft can be revised; later changes are amendments."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a proposal says."""

    title: Text
    summary: Text | None = None
    body: Text | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()

    def excesses(self, limits: Limits, categories: list[dict[str, object]]) -> list[Excess]:
        """Every limit that it breaks, in each language."""
        measured = [("titleMin", limits.title_min, min(map(len, self.title.values())))]
        found = [Excess(*each) for each in measured if each[2] < each[1]]
        for limit, allowed, text in (
            ("titleMax", limits.title_max, self.title),
            ("summaryMax", limits.summary_max, self.summary),
            ("bodyMax", limits.body_max, self.body),
        ):
            longest = max(map(len, text.values())) if text else 0
            if longest > allowed:
                found.append(Excess(limit, allowed, longest))
        if categories and self.category not in [each["code"] for each in categories]:
            found.append(Excess("category", 1, 0))
        return found

    def within(self, process: Process) -> "Content":
        """The same content. Raises OutsideLimits, UnknownCategory."""
        excesses = self.excesses(process.limits, process.categories)
        if any(each.limit == "category" for each in excesses):
            raise UnknownCategory("Choose one of the categories.", [("/category", "is not one of the process's")])
        if excesses:
            errors = [(f"/{each.limit[:-3]}", f"{each.actual} characters; limit {each.allowed}") for each in excesses]
            raise OutsideLimits("The text is shorter or longer than this process allows.", errors)
        return self

    def searchable(self) -> str:
        """Title and summary in all languages, folded for looking words up."""
        return " ".join([*self.title.values(), *(self.summary or {}).values()]).casefold()


@dataclass(frozen=True, slots=True)
class Submission:
    """What someone sends: a text, where it came in, and whether it is to stay a draft."""

    content: Content
    channel: Channel = Channel.WEB
    meeting: str | None = None
    draft: bool = False


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
    version: int = 1

    def revised(self, content: Content) -> "Proposal":
        """Another text. Raises AlreadySubmitted."""
        if self.state is not State.DRAFT:
            raise AlreadySubmitted("This proposal was submitted; it changes by amendment.")
        return replace(self, content=content, version=self.version + 1)

    def submitted(self, number: int, at: datetime) -> "Proposal":
        """Public from now on."""
        return replace(self, state=State.PUBLISHED, status=Status.COUNTED, number=number, published_at=at)

    def endorsed_by(self, participant: Participant, at: datetime) -> "Endorsement":
        """One participant's support. Raises ProposalClosed."""
        if self.state is not State.PUBLISHED:
            raise ProposalClosed("This proposal takes no support.")
        return Endorsement(ids.new(), self.id, participant.id, participant.actor_key, at)

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
