"""What an official says of an annotation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.annotations.model import Annotation, Disposition
from engagement.processes.model import Text


class Answer(StrEnum):
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    NOT_ACCEPTED = "not_accepted"
    NOTED = "noted"
    ANSWERED = "answered"


class DispositionUnexplained(Invalid):
    """Only what is accepted or noted needs no reason in words."""


class DispositionIsPublic(Conflict):
    """What was published is not taken back in silence."""


class UnknownChange(Invalid):
    """A change is a block of a later version of the same document."""


class NoDraft(Conflict):
    """The act needs a draft of the next version."""


class WordingMoved(Conflict):
    """The draft does not hold the words any more that the proposal replaces."""


@dataclass(frozen=True, slots=True)
class Change:
    """The block of a later version in which a change is seen."""

    version_id: UUID
    block_id: UUID


@dataclass(frozen=True, slots=True)
class Ruling:
    """What becomes of an annotation, why, and where it is seen."""

    answer: Answer
    reason: Text | None = None
    change: Change | None = None

    def explained(self, least: int) -> "Ruling":
        """The same ruling; `least` is in characters. Raises DispositionUnexplained."""
        if self.answer in (Answer.ACCEPTED, Answer.NOTED):
            return self
        if min(len(each.strip()) for each in (self.reason or {"": ""}).values()) < least:
            detail = f"needs at least {least} characters"
            raise DispositionUnexplained("Say why, in words that people understand.", [("/reason", detail)])
        return self

    def of(self, annotation: Annotation, *, by: str, at: datetime) -> Disposition:
        """As it is recorded."""
        change = self.change
        return Disposition(
            annotation.id,
            annotation.document_id,
            self.answer,
            self.reason,
            change.version_id if change else None,
            change.block_id if change else None,
            by,
            at,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the disposition table. `number` and `version` are of the block that was annotated and of the version
    that it was given on."""

    annotation: Annotation
    version: int
    number: str | None
    disposition: Disposition | None
