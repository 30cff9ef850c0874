"""Comments on a proposal, and answers to them."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.engagement.results import Receipt
from portal.peers.gateway import Gateway
from portal.peers.wire import Text, read

POSITIONS = ("in_favour", "neutral", "against")


@dataclass(frozen=True, slots=True)
class Comment:
    id: str
    proposal_id: str
    root_id: str
    depth: int
    state: str  # visible, hidden
    channel: str
    at: datetime
    body: Text | None = None  # None where a moderator hid it
    parent_id: str | None = None
    position: str | None = None
    author: str | None = None
    hidden_reason: str | None = None
    replies_total: int = 0
    replies: tuple["Comment", ...] = ()


@dataclass(frozen=True, slots=True)
class CommentPage:
    items: tuple[Comment, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class PostedComment:
    id: str
    receipt: Receipt


def list_comments(gateway: Gateway, proposal_id: str, cursor: str | None = None, limit: int = 20) -> CommentPage:
    """Roots, oldest first, each with its first two answers."""
    query = {"cursor": cursor, "limit": limit}
    return read(CommentPage, gateway.get("engagement", f"v1/proposals/{proposal_id}/comments", query=query))


def list_replies(gateway: Gateway, comment_id: str, cursor: str | None = None, limit: int = 50) -> CommentPage:
    query = {"cursor": cursor, "limit": limit}
    return read(CommentPage, gateway.get("engagement", f"v1/comments/{comment_id}/replies", query=query))


def post(
    gateway: Gateway, proposal_id: str, body: Text, *, key: str, position: str | None = None, parent: str | None = None
) -> PostedComment:
    """`position` stands on roots only."""
    content: dict[str, object] = {"body": body}
    if position:
        content["position"] = position
    if parent:
        content["parentId"] = parent
    path = f"v1/proposals/{proposal_id}/comments"
    return read(PostedComment, gateway.post("engagement", path, body=content, idempotency_key=key))
