"""Proofs of addresses, follows, cases of the help desk."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from chassis.columns import Instant, Uuid
from engagement.tables.base import METADATA

METADATA.info["sealed_in_jobs"] |= {"letter": "send-code.letter"}

proof = Table(
    "proof",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("subject", String(64), nullable=False),  # of the visitor who asked
    Column("way", String(8), nullable=False),  # email
    Column("address_digest", String(64), nullable=False),  # keyed, different in each process
    Column("code_digest", String(64), nullable=False),  # keyed
    Column("tries", Integer, nullable=False),
    Column("confirmed_at", Instant),
    Column("at", Instant, nullable=False),
    Index("ix_proof_process_id_address_digest_at", "process_id", "address_digest", "at"),
    Index("ix_proof_process_id_subject_at", "process_id", "subject", "at"),
    Index("ix_proof_at", "at"),
)

follow = Table(
    "follow",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("address", LargeBinary, nullable=False, info={"sealed": "follow.address"}),
    Column("address_digest", String(64), nullable=False),  # keyed, different in each process
    Column("language", String(35)),
    Column("confirmed_at", Instant),  # None until the address answered
    Column("told_until", Instant, nullable=False),  # news up to here were told
    Column("at", Instant, nullable=False),
    Index("uq_follow_process_id_address_digest", "process_id", "address_digest", unique=True),
    Index("ix_follow_told_until", "told_until"),
)

help_case = Table(
    "help_case",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("code", String(23), nullable=False, unique=True),  # opens the case to whoever asked
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT")),  # None: about no process
    Column("topic", String(16), nullable=False),
    Column("question", LargeBinary, nullable=False, info={"sealed": "help_case.question"}),
    Column("language", String(35)),
    Column("answer", LargeBinary, info={"sealed": "help_case.answer"}),
    Column("state", String(8), nullable=False),  # open, answered
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("answered_by", String(64)),
    Column("version", Integer, nullable=False),
    Index("ix_help_case_state_asked_at", "state", "asked_at", "id"),
)
