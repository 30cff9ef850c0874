"""Participations."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from chassis.columns import Instant, Uuid
from engagement.tables.base import METADATA

participant = Table(
    "participant",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("subject", String(64), nullable=False),  # pairwise, or the digest of a visitor's key; made up once she left
    Column("display_name", LargeBinary, info={"sealed": "participant.display_name"}),  # None once shredded
    Column("language", String(35)),
    Column("state", String(10), nullable=False),  # joining, joined, withdrawn
    Column("consent_record_id", String(64)),
    Column("recipient", String(64)),  # the registry entry that knows the address; None without one
    Column("joined_at", Instant, nullable=False),
    Column("ladder_step", Integer, nullable=False, server_default="3"),  # open, e-mail, SMS, registered, verified
    Column("address_digest", String(64)),  # keyed, of what a visitor proved; None without a proof
    Column("withdrawn_at", Instant),
    Index("uq_participant_process_id_subject", "process_id", "subject", unique=True),
    Index("uq_participant_process_id_address_digest", "process_id", "address_digest", unique=True),
    Index("ix_participant_subject_joined_at", "subject", "joined_at", "id"),
    Index("ix_participant_consent_record_id", "consent_record_id"),
)
