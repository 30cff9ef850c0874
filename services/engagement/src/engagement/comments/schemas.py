"""Comments on the wire. Plain functions: these are hot paths."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.clock import text
from engagement.comments.model import Comment, Position, Remark, Sort, Thread
from engagement.receipts.model import Leaf
from engagement.receipts.schemas import receipt

Names = dict[UUID, str | None]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, as far as a page of comments depends on it; asked once a page."""

    may_read: Callable[[Comment], bool]
    names: Names
    favoured: frozenset[UUID]  # comments that she finds helpful
    participant_id: UUID | None = None


def remark(body: dict[str, Any]) -> Remark:
    """What someone says; its validity is checked already."""
    parent, position = body.get("parentId"), body.get("position")
    return Remark(
        body["body"],
        UUID(parent) if parent else None,
        Position(position) if position else None,
        Sort(body.get("kind", Sort.OPINION)),
        body.get("office"),
    )


def posted(of: Comment, author: str | None, leaf: Leaf) -> dict[str, Any]:
    """A comment as it stands after it was sent, with its receipt."""
    return comment(of, author) | {"receipt": receipt(leaf)}


def thread(of: Thread, by: Reader) -> dict[str, Any]:
    """A root with its first answers."""
    answers = [read(each, by) for each in of.replies]
    return read(of.root, by) | {"repliesTotal": of.replies_total, "replies": answers}


def read(of: Comment, by: Reader) -> dict[str, Any]:
    """A comment as one reader sees it: of what is hidden from her, the place in the thread and the reason."""
    if not by.may_read(of):
        return comment(of, None) | {"body": None, "position": None, "mine": False, "helpfulToMe": False}
    own = of.participant_id is not None and of.participant_id == by.participant_id
    name = by.names.get(of.participant_id) if of.participant_id else None
    return comment(of, name) | {"mine": own, "helpfulToMe": of.id in by.favoured}


def comment(of: Comment, author: str | None) -> dict[str, Any]:
    """A comment."""
    return {
        "id": str(of.id),
        "proposalId": str(of.proposal_id),
        "parentId": str(of.parent_id) if of.parent_id else None,
        "rootId": str(of.root_id),
        "depth": of.depth,
        "body": of.body,
        "position": of.position,
        "kind": of.kind,
        "office": of.office,
        "author": author,
        "state": of.state,
        "hiddenReason": of.hidden_reason,
        "channel": of.channel,
        "at": text(of.at),
        "editedAt": text(of.edited_at) if of.edited_at else None,
        "helpful": of.favours,
    }
