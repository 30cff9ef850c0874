"""Participations."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table

from chassis.columns import Instant, Uuid
from engagement.tables.base import METADATA

participant = Table(
    "participant",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("subject", String(64), nullable=False),  # pairwise: means nothing to another block
    Column("display_name", LargeBinary, info={"sealed": "participant.display_name"}),  # None once shredded
    Column("language", String(35)),
    Column("state", String(10), nullable=False),  # joining, joined, withdrawn
    Column("consent_record_id", String(64)),
    Column("recipient", String(64)),  # the registry entry that knows the address; None without one
    Column("joined_at", Instant, nullable=False),
    Index("uq_participant_process_id_subject", "process_id", "subject", unique=True),
)
