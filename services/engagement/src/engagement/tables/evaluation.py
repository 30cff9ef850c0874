"""Decisions, and the notices of them."""

from sqlalchemy import Column, ForeignKey, String, Table

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

decision = Table(
    "decision",
    METADATA,
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("outcome", String(16), nullable=False),
    Column("reason_code", String(20), nullable=False),
    Column("reason", Json),
    Column("decided_by", String(64), nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("published_at", Instant),  # None: internal still
)

notice = Table(
    "notice",
    METADATA,
    Column("message_id", String(64), primary_key=True),  # of the messaging block
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
)
