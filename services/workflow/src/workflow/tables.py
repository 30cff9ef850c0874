"""All tables of the workflow. Locks are taken in this order: definition, instance, task, trigger.

Versions of a definition and steps of a history are added and never altered.
"""

from sqlalchemy import Boolean, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, String, Table, Text

from chassis.columns import Instant, Json, Uuid, metadata

METADATA: MetaData = metadata()

definition = Table(
    "definition",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("key", String(40), unique=True),  # of a definition that comes with the package; None for deployed ones
    Column("name", String(200), nullable=False),
    Column("type", String(8), nullable=False),  # None, Private, Public: the standard's words
    Column("is_executable", Boolean, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    Column("description", Text, nullable=False),
    Column("newest", Integer, nullable=False),  # number of the version that is started
    Column("removed_at", Instant),
)

definition_version = Table(
    "definition_version",
    METADATA,
    Column("definition_id", Uuid, ForeignKey("definition.id", ondelete="RESTRICT"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("label", String(40), nullable=False),  # the author's own version
    Column("xml", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("deployed_at", Instant, nullable=False),
)

instance = Table(
    "instance",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("definition_id", Uuid, nullable=False),
    Column("definition_version", Integer, nullable=False),  # pinned: a later version changes nothing here
    Column("process_id", Uuid, unique=True),  # the participation process that it follows: one instance each
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("engine_state", Text, nullable=False),  # JSON as text: its order matters, and JSONB keeps none
    Column("started_by", String(120), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["definition_id", "definition_version"],
        ["definition_version.definition_id", "definition_version.number"],
        name="fk_instance_definition_version",
    ),
)
Index("ix_instance_definition_id", instance.c.definition_id, instance.c.id)

history = Table(
    "history",
    METADATA,
    Column("instance_id", Uuid, ForeignKey("instance.id", ondelete="RESTRICT"), primary_key=True),
    Column("number", Integer, primary_key=True),  # the instance's version that the step led to: one step a version
    Column("at", Instant, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(120)),  # of the element or the message
    Column("values", Json, nullable=False),
    Column("by", String(120), nullable=False),
)

task = Table(
    "task",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("instance_id", Uuid, ForeignKey("instance.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("process_id", Uuid, index=True),
    Column("element", String(120), nullable=False),  # of the definition; its kind on the wire
    Column("name", String(200), nullable=False),
    Column("lane", String(120)),
    Column("state", String(10), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("completed_at", Instant),
    Index("ix_task_state_id", "state", "id"),
)

trigger = Table(
    "trigger",
    METADATA,
    Column("process_id", Uuid, primary_key=True),
    Column("fact", String(16), primary_key=True),  # each fact of a process comes once
    Column("received_at", Instant, nullable=False),
    Column("state", String(8), nullable=False),  # waiting, applied, void
)
