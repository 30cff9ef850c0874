"""Processes, their phases, numbers and audit."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    false,
)

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
    Column("roles", Json, nullable=False, server_default="{}"),  # {role: [subject]}, who does what in this process
    Column("published_at", Instant),
    Column("review_note", Text),  # why it came back from review
    Column("cancelled_because", Json),
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
    Column("kind", String(10), nullable=False, server_default="collect"),  # what it is for, as people are told
    Column("may_overlap", Boolean, nullable=False, server_default=false()),
    Column("grace_minutes", Integer, nullable=False, server_default="0"),
    Column("hides_results", Boolean, nullable=False, server_default=false()),
    Column("announcement", Json),
)

publication = Table(
    "publication",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2, 3 … within the process
    Column("what", String(12), nullable=False),
    Column("at", Instant, nullable=False),
    Column("content", Json, nullable=False),  # the process as everybody saw it from then on
    Column("previous", String(64), nullable=False),  # digest of the entry before
    Column("digest", String(64), nullable=False),
    PrimaryKeyConstraint("process_id", "number"),  # triggers refuse to change or delete a row
)

official = Table(
    "official",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("subject", String(64), nullable=False, unique=True),  # her pseudonym in this block
    Column("display_name", LargeBinary, nullable=False, info={"sealed": "official.display_name"}),
    Column("unit", String(120)),  # the office she works in
    Column("introduced_at", Instant, nullable=False),
)

blueprint = Table(
    "blueprint",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("title", Json, nullable=False),
    Column("description", Json),
    Column("plan", Json, nullable=False),  # a draft on the wire, without name; phases by days instead of instants
    Column("by", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
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
