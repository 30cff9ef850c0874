"""What an institution promised, and how far it is."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

commitment = Table(
    "commitment",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), index=True),
    Column("parent_id", Uuid, ForeignKey("commitment.id", ondelete="RESTRICT"), index=True),
    Column("title", Json, nullable=False),
    Column("description", Json),
    Column("office", String(120), nullable=False),
    Column("starts_on", Date),
    Column("due_on", Date, nullable=False),
    Column("status", String(8), nullable=False),  # planned, started, delayed, done, dropped
    Column("dropped_reason", Json),
    Column("progress", Integer, nullable=False),  # percent; of its own, where it has no parts
    Column("weight", Integer, nullable=False),  # among the parts of its parent
    Column("budget", BigInteger),
    Column("spent", BigInteger),
    Column("currency", String(3)),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_commitment_process_id_created_at", "process_id", "created_at", "id"),
)

milestone = Table(
    "milestone",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("commitment_id", Uuid, ForeignKey("commitment.id", ondelete="RESTRICT"), nullable=False),
    Column("reached_on", Date, nullable=False),
    Column("words", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_milestone_commitment_id_reached_on", "commitment_id", "reached_on", "id"),
)
