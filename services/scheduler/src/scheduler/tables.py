"""All tables of the scheduler. Locks are taken in this order: entity, slot, alert.

`key` is the id by which another block knows the row (a process, a phase); None for what was added through the API.
Removed rows stay, so that the log and the fired alerts keep what they speak of.
"""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, MetaData, String, Table, Text, text

from chassis.columns import Instant, Json, Uuid, metadata

METADATA: MetaData = metadata()

entity = Table(
    "entity",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("key", String(64), unique=True),
    Column("name", String(200), nullable=False),
    Column("category", String(80), nullable=False),
    Column("contact", LargeBinary, info={"sealed": "entity.contact"}),  # phone, email, website; None without any
    Column("removed_at", Instant),
)
Index(
    "uq_entity_name_category",
    entity.c.name,
    entity.c.category,
    unique=True,
    sqlite_where=text("removed_at IS NULL"),
    postgresql_where=text("removed_at IS NULL"),
)

slot = Table(
    "slot",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("key", String(64), unique=True),
    Column("host_entity_id", Uuid, ForeignKey("entity.id", ondelete="RESTRICT"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("category", String(80), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("about", Json, nullable=False),  # what no rule reads: description, deadline, subscriber_limit, terms, …
    Column("told_at", Instant),  # when the fact happened that last moved a phase; an older one changes nothing
    Column("removed_at", Instant),
    Index("ix_slot_host_entity_id_name", "host_entity_id", "name"),
)

alert = Table(
    "alert",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("slot_id", Uuid, ForeignKey("slot.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("subject", String(64), nullable=False, index=True),  # what the fired alert is about
    Column("kind", String(20), nullable=False),
    Column("target_category", String(12), nullable=False),
    Column("message_id", String(80)),
    Column("due_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),  # waiting, fired, cancelled
)
Index(
    "ix_alert_waiting",
    alert.c.due_at,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)

fire = Table(
    "fire",
    METADATA,
    Column("schedule_id", Uuid, ForeignKey("alert.id", ondelete="RESTRICT"), primary_key=True),
    Column("due_at", Instant, primary_key=True),  # one row a schedule and due instant: that is what "once" means
    Column("fired_at", Instant, nullable=False),
)

log = Table(
    "log",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("logger_role", String(20), nullable=False),
    Column("logger_id", String(120), nullable=False),
    Column("entity_id", Uuid, nullable=False, index=True),
    Column("category", String(20), nullable=False),
    Column("data", Text, nullable=False),  # name and id of what it is about
)
