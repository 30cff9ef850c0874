"""Comments on a proposal, and answers to them."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.engagement.results import Receipt
from portal.peers.gateway import Gateway
from portal.peers.wire import Text, read

POSITIONS = ("in_favour", "neutral", "against")
ORDERS = ("best", "newest", "oldest", "most_answered")
KINDS = ("opinion", "question", "fact")


@dataclass(frozen=True, slots=True)
class Comment:
    id: str
    proposal_id: str
    root_id: str
    depth: int
    state: str  # visible, hidden, removed
    channel: str
    at: datetime
    body: Text | None = None  # None where a moderator hid it
    parent_id: str | None = None
    position: str | None = None
    author: str | None = None
    hidden_reason: str | None = None
    kind: str = "opinion"  # opinion, question, fact, official_answer
    office: str | None = None  # in whose name an official answers
    mine: bool = False
    helpful: int = 0
    helpful_to_me: bool = False
    edited_at: datetime | None = None
    replies_total: int = 0
    replies: tuple["Comment", ...] = ()


@dataclass(frozen=True, slots=True)
class CommentPage:
    """`pinned` are official answers, on the first page; `root` is what replies stand under."""

    items: tuple[Comment, ...]
    next: str | None = None
    pinned: tuple[Comment, ...] = ()
    root: Comment | None = None


@dataclass(frozen=True, slots=True)
class PostedComment:
    id: str
    receipt: Receipt


def list_comments(
    gateway: Gateway, proposal_id: str, cursor: str | None = None, *, order: str = "best", limit: int = 20
) -> CommentPage:
    """Roots, each with its first two answers."""
    query = {"order": order, "cursor": cursor, "limit": limit}
    return read(CommentPage, gateway.get("engagement", f"v1/proposals/{proposal_id}/comments", query=query))


def list_replies(gateway: Gateway, comment_id: str, cursor: str | None = None, limit: int = 50) -> CommentPage:
    query = {"cursor": cursor, "limit": limit}
    return read(CommentPage, gateway.get("engagement", f"v1/comments/{comment_id}/replies", query=query))


def post(gateway: Gateway, proposal_id: str, body: Text, *, key: str, **more: str | None) -> PostedComment:
    """`more`: `position` (on roots only), `parentId`, `kind`, `office`; what is empty is left out."""
    content: dict[str, object] = {"body": body} | {name: value for name, value in more.items() if value}
    path = f"v1/proposals/{proposal_id}/comments"
    return read(PostedComment, gateway.post("engagement", path, body=content, idempotency_key=key))


def edit(gateway: Gateway, comment_id: str, body: Text) -> None:
    gateway.put("engagement", f"v1/comments/{comment_id}", body={"body": body})


def remove(gateway: Gateway, comment_id: str) -> None:
    gateway.delete("engagement", f"v1/comments/{comment_id}")


def find_helpful(gateway: Gateway, comment_id: str) -> None:
    gateway.put("engagement", f"v1/comments/{comment_id}/helpful", body=None)


def find_helpful_no_more(gateway: Gateway, comment_id: str) -> None:
    gateway.delete("engagement", f"v1/comments/{comment_id}/helpful")
