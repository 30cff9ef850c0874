"""Comments on proposals."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

comment = Table(
    "comment",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), nullable=False),
    Column("participant_id", Uuid, ForeignKey("participant.id", ondelete="RESTRICT")),
    Column("entered_by", String(64), nullable=False),
    Column("actor_key", String(64), nullable=False),
    Column("parent_id", Uuid, ForeignKey("comment.id", ondelete="RESTRICT")),
    Column("root_id", Uuid, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("body", Json, nullable=False),
    Column("position", String(10)),  # in_favour, neutral, against; roots only
    Column("channel", String(8), nullable=False),
    Column("ladder_step", Integer, nullable=False),
    Column("kind", String(16), nullable=False, server_default="opinion"),  # opinion, question, fact, official_answer
    Column("office", String(120)),  # in whose name an official answers
    Column("original", Json),  # the first text of one that was edited: what its leaf is the hash of
    Column("edited_at", Instant),
    Column("favours", Integer, nullable=False, server_default="0"),  # readers who find it helpful
    Column("answers", Integer, nullable=False, server_default="0"),  # of a root, at any depth
    Column("state", String(8), nullable=False),  # visible, hidden, removed
    Column("status", String(12), nullable=False),
    Column("hidden_reason", Text),
    Column("at", Instant, nullable=False),
    Index("ix_comment_proposal_id_depth_at", "proposal_id", "depth", "at", "id"),
    Index("ix_comment_best", "proposal_id", "depth", "favours", "id"),
    Index("ix_comment_root_id_at", "root_id", "at", "id"),
    CheckConstraint("position IS NULL OR depth = 0", name="position_on_roots"),
)
