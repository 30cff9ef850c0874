"""Folded counts."""

from sqlalchemy import Column, Integer, Table

from chassis.columns import Uuid
from engagement.tables.base import METADATA

proposal_counts = Table(
    "proposal_counts",
    METADATA,
    Column("proposal_id", Uuid, primary_key=True),
    Column("process_id", Uuid, nullable=False, index=True),
    Column("endorsements", Integer, nullable=False),
    Column("comments", Integer, nullable=False),
    Column("in_favour", Integer, nullable=False),
    Column("neutral", Integer, nullable=False),
    Column("against", Integer, nullable=False),
    Column("without_position", Integer, nullable=False),
)

process_counts = Table(
    "process_counts",
    METADATA,
    Column("process_id", Uuid, primary_key=True),
    Column("proposals", Integer, nullable=False),
    Column("comments", Integer, nullable=False),
    Column("endorsements", Integer, nullable=False),
)
