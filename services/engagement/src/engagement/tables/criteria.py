"""The criteria of a process, and what evaluators found by them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

criteria_set = Table(
    "criteria_set",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), primary_key=True),
    Column("criteria", Json, nullable=False),  # [{code, name, description, weight, scale}]
    Column("published_at", Instant),  # from then on it does not change
    Column("version", Integer, nullable=False),
)

evaluator = Table(
    "evaluator",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), primary_key=True),
    Column("subject", String(64), primary_key=True),
    Column("office", String(120), nullable=False),
    Column("at", Instant, nullable=False),
)

assessment = Table(
    "assessment",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), nullable=False),
    Column("evaluator", String(64), nullable=False),
    Column("conflict", Boolean, nullable=False),  # she declared an interest and does not score
    Column("scores", Json, nullable=False),  # {criterion: points}
    Column("total", Integer),  # weighted, thousandths of what could be reached; None with a conflict
    Column("note", Text),  # internal
    Column("at", Instant, nullable=False),
    Index("uq_assessment_proposal_id_evaluator", "proposal_id", "evaluator", unique=True),
    Index("ix_assessment_process_id", "process_id"),
)
