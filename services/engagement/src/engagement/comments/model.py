"""A comment and its place in a thread."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.contributions import Channel, Excess, Kind, OutsideLimits, Status
from engagement.participants.model import REGISTERED
from engagement.processes.model import Limits, Text

COMMENT = Kind("comment")
_WHERE = {"commentMax": ("/body", "characters"), "commentDepth": ("/parentId", "levels under a root comment")}


class State(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"


class Position(StrEnum):
    IN_FAVOUR = "in_favour"
    NEUTRAL = "neutral"
    AGAINST = "against"


class PositionOnReply(Invalid):
    """Only a root comment takes a position."""


class CommentClosed(Conflict):
    """The comment is hidden, or is not."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What someone says: a root without `parent_id`, an answer with it."""

    body: Text
    parent_id: UUID | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """`participant_id` is None for what an office entered; `depth` is 0 for a root, which is its own `root_id`."""

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
        if self.state is State.HIDDEN:
            raise CommentClosed("This comment is hidden already.")
        return replace(self, state=State.HIDDEN, status=Status.HIDDEN, hidden_reason=reason)

    def restored(self) -> "Comment":
        """Public again. Raises CommentClosed."""
        if self.state is State.VISIBLE:
            raise CommentClosed("Only what is hidden can be restored.")
        return replace(self, state=State.VISIBLE, status=Status.COUNTED, hidden_reason=None)


@dataclass(frozen=True, slots=True)
class Thread:
    """A root with its first answers and how many there are at any depth."""

    root: Comment
    replies: tuple[Comment, ...]
    replies_total: int
