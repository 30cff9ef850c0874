"""Reports and findings, the queue of moderators, their log, appeals, and context that they added."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

report = Table(
    "report",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False),
    Column("actor_key", String(64), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("note", Text),
    Column("settled_at", Instant),  # when a moderator acted on the contribution
    Column("at", Instant, nullable=False),
    Index("uq_report_contribution_id_actor_key", "contribution_id", "actor_key", unique=True),
)

finding = Table(  # what a filter found in a contribution
    "finding",
    METADATA,
    Column("contribution_id", Uuid, primary_key=True),
    Column("filter", String(12), primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("settled_at", Instant),
    Column("at", Instant, nullable=False),
)

moderation_case = Table(  # a contribution that waits for a moderator, or waited
    "moderation_case",
    METADATA,
    Column("contribution_id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("reports", Integer, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("place", Integer, nullable=False),  # in the queue: the more urgent, the smaller
    Column("held_at", Instant),  # out of the public's sight until a moderator decides
    Column("opened_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Index("ix_moderation_case_queue", "process_id", "settled_at", "place", "opened_at", "contribution_id"),
)

moderation = Table(
    "moderation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False),
    Column("action", String(8), nullable=False),
    Column("rule", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(64), nullable=False),  # empty: a filter or the number of reports
    Column("at", Instant, nullable=False),
    Column("number", Integer),  # in the log of the process, from 1; None for entries older than the chain
    Column("month", String(7)),  # 2026-06, in UTC
    Column("digest", String(64)),  # over the entry and the digest before it
    Index("ix_moderation_process_id_at", "process_id", "at", "id"),
    Index("uq_moderation_process_id_number", "process_id", "number", unique=True),
)

moderation_head = Table(  # the end of a process's chain: writers of one log wait for each other here
    "moderation_head",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)

appeal = Table(
    "appeal",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("entry_id", Uuid, ForeignKey("moderation.id", ondelete="RESTRICT"), nullable=False, unique=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("participant_id", Uuid, ForeignKey("participant.id", ondelete="RESTRICT"), nullable=False),
    Column("reason", Text, nullable=False),  # for moderators; never public
    Column("state", String(10), nullable=False),  # open, upheld, overturned
    Column("at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("decided_by", String(64)),
    Column("decision", Text),
    Column("decided_at", Instant),
    Index("ix_appeal_process_id_state_due_at", "process_id", "state", "due_at", "id"),
)

context_label = Table(
    "context_label",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False, index=True),
    Column("entry_id", Uuid, ForeignKey("moderation.id", ondelete="RESTRICT"), nullable=False),
    Column("words", Json, nullable=False),
    Column("source", String(500), nullable=False),  # address of what the words rest on
    Column("at", Instant, nullable=False),
    Column("removed_at", Instant),
)

moderation_rules = Table(
    "moderation_rules",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), primary_key=True),
    Column("rules", Json, nullable=False),
    Column("version", Integer, nullable=False),
)

sketch = Table(  # the smallest hashes of a text's shingles: texts that are alike share most of them
    "sketch",
    METADATA,
    Column("contribution_id", Uuid, primary_key=True),
    Column("hash", BigInteger, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Index("ix_sketch_process_id_hash", "process_id", "hash"),
)
