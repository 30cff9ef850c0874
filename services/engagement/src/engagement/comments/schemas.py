"""Comments on the wire. Plain functions: these are hot paths."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from chassis.clock import text
from engagement.comments.model import Comment, Position, Remark, Thread
from engagement.receipts.model import Leaf
from engagement.receipts.schemas import receipt

Names = dict[UUID, str | None]
MayRead = Callable[[Comment], bool]


def remark(body: dict[str, Any]) -> Remark:
    """What someone says; its validity is checked already."""
    parent, position = body.get("parentId"), body.get("position")
    return Remark(body["body"], UUID(parent) if parent else None, Position(position) if position else None)


def posted(of: Comment, author: str | None, leaf: Leaf) -> dict[str, Any]:
    """A comment as it stands after it was sent, with its receipt."""
    return comment(of, author) | {"receipt": receipt(leaf)}


def thread(of: Thread, names: Names, may_read: MayRead) -> dict[str, Any]:
    """A root with its first answers."""
    answers = [read(each, names, may_read) for each in of.replies]
    return read(of.root, names, may_read) | {"repliesTotal": of.replies_total, "replies": answers}


def read(of: Comment, names: Names, may_read: MayRead) -> dict[str, Any]:
    """A comment as one reader sees it: of what is hidden from her, the place in the thread and the reason."""
    if may_read(of):
        return comment(of, names.get(of.participant_id) if of.participant_id else None)
    return comment(of, None) | {"body": None, "position": None}


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
        "author": author,
        "state": of.state,
        "hiddenReason": of.hidden_reason,
        "channel": of.channel,
        "at": text(of.at),
    }
