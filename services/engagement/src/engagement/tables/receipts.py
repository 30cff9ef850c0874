"""The process log."""

from sqlalchemy import Column, ForeignKey, String, Table

from chassis.columns import Instant, Uuid
from engagement.tables.base import METADATA

process_log = Table(
    "process_log",
    METADATA,
    Column("code", String(23), primary_key=True),  # what the receipt shows
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False, unique=True),
    Column("channel", String(8), nullable=False),
    Column("content_hash", String(64), nullable=False),  # salted, so that a short text cannot be guessed
    Column("salt", String(32)),  # shredded with the text; the leaf stays valid
    Column("leaf", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)
