"""Decisions, the notices of them, and proposals that were merged."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table

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
    Column("office", String(120)),  # in whose name it was decided
    Column("cost", BigInteger),  # in whole units of the currency
    Column("currency", String(3)),  # ISO 4217
    Column("timeline", Json),
    Column("legal_basis", Json),
    Column("publish_at", Instant),  # not public before
)

notice = Table(
    "notice",
    METADATA,
    Column("message_id", String(64), primary_key=True),  # of the messaging block
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
)

merged_proposal = Table(  # an original, and the official proposal that takes its place
    "merged_proposal",
    METADATA,
    Column("original_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), primary_key=True),
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)
