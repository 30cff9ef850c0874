"""The platform's tables, in each block's own database: outbox, inbox, jobs, remembered answers."""

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text, text

from chassis.columns import Instant, Json, Sequence, Uuid, metadata

PLATFORM: MetaData = metadata()

outbox = Table(
    "outbox",
    PLATFORM,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("id", Uuid, nullable=False, unique=True),  # the event's id; consumers know duplicates by it
    Column("topic", String(120), nullable=False),
    Column("key", String(120), nullable=False),  # the aggregate's id: one key's events stay in order
    Column("type", String(120), nullable=False),
    Column("data", Json, nullable=False),
    Column("headers", Json, nullable=False),  # the trace that led here, so that it survives the relay
    Column("occurred_at", Instant, nullable=False),
    Column("published_at", Instant),  # None until the broker has it
)
Index(
    "ix_outbox_unpublished",
    outbox.c.seq,
    sqlite_where=text("published_at IS NULL"),
    postgresql_where=text("published_at IS NULL"),
)

inbox = Table(
    "inbox",
    PLATFORM,
    Column("event_id", Uuid, primary_key=True),
    Column("handled_at", Instant, nullable=False),
    Column("dead", Boolean, nullable=False, server_default=text("false")),  # given up on, sent to the dead letters
)
Index("ix_inbox_dead", inbox.c.handled_at, sqlite_where=text("dead = 1"), postgresql_where=text("dead"))

job = Table(
    "job",
    PLATFORM,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(80), nullable=False),
    Column("key", String(200), nullable=False),  # what the job is about; unique with its kind: asked twice, done once
    Column("payload", Json, nullable=False),  # emptied when the job is done
    Column("headers", Json, nullable=False),
    Column("state", String(10), nullable=False),  # waiting, done, failed
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("last_error", Text),
    Index("uq_job_kind_key", "kind", "key", unique=True),
    Index("ix_job_state_due_at", "state", "due_at"),
)

remembered = Table(
    "remembered_answer",
    PLATFORM,
    Column("key", String(64), primary_key=True),  # SHA-256 over caller, operation and Idempotency-Key
    Column("request", String(64), nullable=False),  # SHA-256 of the body: another body under the key is a conflict
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
