"""What imports kept outside the limits."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from chassis.columns import Instant, Uuid
from engagement.tables.base import METADATA

import_exception = Table(
    "import_exception",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False),
    Column("limit", String(12), nullable=False),
    Column("allowed", Integer, nullable=False),
    Column("actual", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)
