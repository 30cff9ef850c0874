"""Processes, their phases, numbers and audit."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

process = Table(
    "process",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("slug", String(80), nullable=False, unique=True),
    Column("title", Json, nullable=False),
    Column("summary", Json),
    Column("languages", Json, nullable=False),  # the first is the one that others fall back to
    Column("area", Json),
    Column("categories", Json, nullable=False),
    Column("strategy", Json, nullable=False),
    Column("limits", Json, nullable=False),
    Column("data_agreement_id", String(80)),  # of the consent block
    Column("state", String(12), nullable=False),
    Column("author", String(64), nullable=False),  # the official who drafted it; she never approves it
    Column("approved_by", String(64)),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
)

phase = Table(
    "phase",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("title", Json, nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("accepts", Json, nullable=False),
    Column("state", String(8), nullable=False),  # as the scheduler told: planned, open, closed
)

numbering = Table(
    "numbering",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id"), primary_key=True),
    Column("last", Integer, nullable=False),  # last reference number given in the process
)

audit = Table(
    "audit",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("action", String(40), nullable=False),  # what an official did, in the past tense
    Column("about", String(64), nullable=False),
    Column("by", String(64), nullable=False),
    Column("reason", Text),
    Column("at", Instant, nullable=False),
)
