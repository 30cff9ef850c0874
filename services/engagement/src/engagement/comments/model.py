"""A comment and its place in a thread."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.contributions import Channel, Excess, Kind, OutsideLimits, Status
from engagement.participants.model import REGISTERED
from engagement.processes.model import Limits, Text

COMMENT = Kind("comment")
_WHERE = {"commentMax": ("/body", "characters"), "commentDepth": ("/parentId", "levels under a root comment")}


EDITED_WITHIN = timedelta(minutes=15)


class State(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"
    REMOVED = "removed"  # by its author


class Sort(StrEnum):
    """What a comment is."""

    OPINION = "opinion"
    QUESTION = "question"
    FACT = "fact"
    OFFICIAL_ANSWER = "official_answer"


class Order(StrEnum):
    OLDEST = "oldest"
    NEWEST = "newest"
    BEST = "best"
    MOST_ANSWERED = "most_answered"


class Position(StrEnum):
    IN_FAVOUR = "in_favour"
    NEUTRAL = "neutral"
    AGAINST = "against"


class PositionOnReply(Invalid):
    """Only a root comment takes a position."""


class CommentClosed(Conflict):
    """The comment is hidden, or is not; or its author removed it."""


class CommentStands(Conflict):
    """The time to edit a comment is over."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What someone says: a root without `parent_id`, an answer with it."""

    body: Text
    parent_id: UUID | None = None
    position: Position | None = None
    sort: Sort = Sort.OPINION
    office: str | None = None  # in whose name an official answers


@dataclass(frozen=True, slots=True)
class Comment:
    """`participant_id` is None for what an office entered; `depth` is 0 for a root, which is its own `root_id`.
    `original` is the first text of one that was edited; `answers` are those of a root, at any depth."""

    id: UUID
    process_id: UUID
    proposal_id: UUID
    participant_id: UUID | None
    entered_by: str
    actor_key: str
    parent_id: UUID | None
    root_id: UUID
    depth: int
    body: Text
    position: Position | None
    channel: Channel
    at: datetime
    ladder_step: int = REGISTERED
    state: State = State.VISIBLE
    status: Status = Status.COUNTED
    hidden_reason: str | None = None
    kind: Sort = Sort.OPINION
    office: str | None = None
    original: Text | None = None
    edited_at: datetime | None = None
    favours: int = 0
    answers: int = 0

    def excesses(self, limits: Limits) -> list[Excess]:
        """Every limit that it breaks."""
        measured = [
            Excess("commentMax", limits.comment_max, max(map(len, self.body.values()))),
            Excess("commentDepth", limits.comment_depth, self.depth),
        ]
        return [each for each in measured if each.actual > each.allowed]

    def within(self, limits: Limits) -> "Comment":
        """The same comment. Raises OutsideLimits."""
        if found := [(*_WHERE[each.limit], each) for each in self.excesses(limits)]:
            errors = [(pointer, f"{each.actual} {unit}; limit {each.allowed}") for pointer, unit, each in found]
            raise OutsideLimits("The comment is longer or deeper than this process allows.", errors)
        return self

    def hidden(self, reason: str) -> "Comment":
        """Out of the public's sight; the thread keeps its place. Raises CommentClosed."""
        if self.state is not State.VISIBLE:
            raise CommentClosed("This comment is hidden or removed already.")
        return replace(self, state=State.HIDDEN, status=Status.HIDDEN, hidden_reason=reason)

    def restored(self) -> "Comment":
        """Public again. Raises CommentClosed."""
        if self.state is not State.HIDDEN:
            raise CommentClosed("Only what is hidden can be restored.")
        return replace(self, state=State.VISIBLE, status=Status.COUNTED, hidden_reason=None)

    def edited(self, body: Text, at: datetime) -> "Comment":
        """In other words; the first ones are kept, because its receipt is of them."""
        return replace(self, body=body, original=self.original or self.body, edited_at=at)

    def removed(self) -> "Comment":
        """Its author takes it back; the thread keeps its place. Raises CommentClosed."""
        if self.state is not State.VISIBLE:
            raise CommentClosed("Only what can be seen is removed.")
        return replace(self, state=State.REMOVED, status=Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Thread:
    """A root with its first answers and how many there are at any depth."""

    root: Comment
    replies: tuple[Comment, ...]
    replies_total: int
