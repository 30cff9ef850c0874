"""An annotation, its answers, where it stands, and what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.annotations.quotes import Quote, Span
from engagement.contributions import Channel, Excess, Kind, OutsideLimits, Status
from engagement.documents.text import Block
from engagement.participants.model import REGISTERED
from engagement.processes.model import Limits, Text

ANNOTATION = Kind("annotation")


class State(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"


class Purpose(StrEnum):
    SUPPORT = "support"
    OBJECT = "object"
    PROPOSE_WORDING = "propose_wording"
    QUESTION = "question"
    EDITORIAL = "editorial"


class Outcome(StrEnum):
    """Where an annotation stands in a version. The last two have no place in it."""

    PLACED = "placed"
    RELOCATED = "relocated"
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


class AnnotationClosed(Conflict):
    """The annotation is hidden, or is not."""


class VersionSuperseded(Conflict):
    """Annotations are given on the newest published version."""


class QuoteNotFound(Invalid):
    """The block does not hold the quoted words, or nothing tells which of them are meant."""


class WordingMissing(Invalid):
    """Whoever proposes a wording says it, and for which words; nobody else does."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation is on: a block, or words in it. `quote` is None for the whole block."""

    block_id: UUID
    quote: Quote | None = None

    def span(self, block: Block) -> Span | None:
        """The words in this block; None for all of it. Raises QuoteNotFound."""
        if self.quote is None:
            return None
        if (found := self.quote.named(block.text)) is None:
            raise QuoteNotFound(
                "The block does not hold these words, or more than once.", [("/target/exact", "is not found")]
            )
        return found


@dataclass(frozen=True, slots=True)
class Remark:
    """What someone says. `target` is None for the whole document."""

    purpose: Purpose
    body: Text
    target: Target | None = None
    proposed: str | None = None
    channel: Channel = Channel.WEB

    def whole(self) -> "Remark":
        """The same remark. Raises WordingMissing where wording and purpose do not go together."""
        wants = self.purpose is Purpose.PROPOSE_WORDING
        if wants != (self.proposed is not None):
            raise WordingMissing("A proposal of a wording says it.", [("/proposedText", "goes with propose_wording")])
        if wants and self.target is None:
            raise WordingMissing("Say which words it is for.", [("/target", "is needed to propose a wording")])
        return self


@dataclass(frozen=True, slots=True)
class Annotation:
    """Without a `block_id` it is on the whole document, without `start` on the whole block. An answer has a
    `parent_id`, which is a root's, and neither purpose nor target."""

    id: UUID
    process_id: UUID
    document_id: UUID
    version_id: UUID
    participant_id: UUID | None
    entered_by: str
    actor_key: str
    parent_id: UUID | None
    purpose: Purpose | None
    body: Text
    block_id: UUID | None
    start: int | None
    end: int | None
    exact: str | None
    prefix: str | None
    suffix: str | None
    proposed: str | None
    channel: Channel
    at: datetime
    ladder_step: int = REGISTERED
    state: State = State.VISIBLE
    status: Status = Status.COUNTED
    hidden_reason: str | None = None

    def excesses(self, limits: Limits) -> list[Excess]:
        """Every limit that it breaks."""
        longest = max(map(len, self.body.values()))
        return [Excess("commentMax", limits.comment_max, longest)] if longest > limits.comment_max else []

    def within(self, limits: Limits) -> "Annotation":
        """The same annotation. Raises OutsideLimits."""
        if found := self.excesses(limits):
            errors = [("/body", f"{each.actual} characters; limit {each.allowed}") for each in found]
            raise OutsideLimits("The annotation is longer than this process allows.", errors)
        return self

    def hidden(self, reason: str) -> "Annotation":
        """Out of the public's sight; the thread keeps its place. Raises AnnotationClosed."""
        if self.state is State.HIDDEN:
            raise AnnotationClosed("This annotation is hidden already.")
        return replace(self, state=State.HIDDEN, status=Status.HIDDEN, hidden_reason=reason)

    def restored(self) -> "Annotation":
        """Public again. Raises AnnotationClosed."""
        if self.state is State.VISIBLE:
            raise AnnotationClosed("Only what is hidden can be restored.")
        return replace(self, state=State.VISIBLE, status=Status.COUNTED, hidden_reason=None)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an annotation stands in a version. Placed without a block: on the whole document; `nearest` is the block
    that stands where a lost one stood."""

    annotation_id: UUID
    version_id: UUID
    outcome: Outcome
    block_id: UUID | None = None
    start: int | None = None
    end: int | None = None
    score: float | None = None
    nearest: UUID | None = None


@dataclass(frozen=True, slots=True)
class Disposition:
    """What became of an annotation. `change_block_id` is the block of a later version in which it is seen; internal
    until `published_at`."""

    annotation_id: UUID
    document_id: UUID
    outcome: str
    reason: Text | None
    change_version_id: UUID | None
    change_block_id: UUID | None
    decided_by: str
    decided_at: datetime
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An annotation with what stands beside it: its place in the version that is read (`number` is that block's), what
    became of it, its first answers and how many there are."""

    annotation: Annotation
    anchor: Anchor | None = None
    number: str | None = None
    disposition: Disposition | None = None
    replies: tuple[Annotation, ...] = ()
    replies_total: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. None means no restriction; `where` is anywhere, document or lost; `answered` is whether a
    disposition is recorded."""

    block_id: UUID | None = None
    where: str = "anywhere"
    purpose: Purpose | None = None
    answered: bool | None = None
