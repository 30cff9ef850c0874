"""Reports, and the log of moderation."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from chassis.columns import Instant, Uuid
from engagement.tables.base import METADATA

report = Table(
    "report",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False),
    Column("actor_key", String(64), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("note", Text),
    Column("settled_at", Instant),  # when a moderator acted on the contribution
    Column("at", Instant, nullable=False),
    Index("uq_report_contribution_id_actor_key", "contribution_id", "actor_key", unique=True),
)

moderation = Table(
    "moderation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False),
    Column("action", String(8), nullable=False),  # hide, restore
    Column("rule", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_moderation_process_id_at", "process_id", "at", "id"),
)
