"""What an institution knows to be so, and what it says about rumours. Both only grow: a new version follows the old."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

fact_box = Table(
    "fact_box",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", Json, nullable=False),
    Column("sources", Json, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

rumour = Table(
    "rumour",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("claim", Json, nullable=False),
    Column("status", String(12), nullable=False),  # unconfirmed, true, misleading, false
    Column("answer", Json, nullable=False),
    Column("sources", Json, nullable=False),
    Column("current", Boolean, nullable=False),  # whether no later version follows
    Column("by", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_rumour_process_id_current", "process_id", "current", "at", "id"),
)
