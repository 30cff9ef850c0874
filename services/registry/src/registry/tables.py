"""All tables of the registry. Locks are taken in this order: registry_version, entry, log_head.

What an entry says stands in its versions alone; `entry` names the latest one. Versions and the log only grow. Fields
that a registry seals are in no column as they are; values are found by keyed digests. `owner`, `subject` and `by` are
pairwise: they mean nothing to another block.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

from chassis.columns import Instant, Json, Uuid, metadata

METADATA: MetaData = metadata()

registry_version = Table(
    "registry_version",
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("description", Text),
    Column("one_entry_per_person", Boolean, nullable=False),
    Column("sealed", Json, nullable=False),  # names of fields that hold personal data
    Column("schema", Json, nullable=False),  # JSON Schema of the content
    Column("state", String(9), nullable=False),  # draft, published
    Column("drafted_by", String(80), nullable=False),
    Column("drafted_at", Instant, nullable=False),
    Column("published_at", Instant),
)

entry = Table(
    "entry",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("registry", String(60), nullable=False),
    Column("version", Integer, nullable=False),  # of the entry: the latest of entry_version
    Column("owner", String(64)),  # the person whom it is about; None without one
    Column("sole_owner", String(64)),  # the owner where a registry has one entry a person, until it is deleted
    Column("request_key", String(64)),  # keyed digest over caller, person and Idempotency-Key
    Column("request", String(64)),  # keyed digest of what was written under that key
    Column("deleted", Boolean, nullable=False),
    Index("uq_entry_registry_sole_owner", "registry", "sole_owner", unique=True),
    Index("uq_entry_request_key", "request_key", unique=True),
    Index("ix_entry_registry_deleted_id", "registry", "deleted", "id"),
    Index("ix_entry_owner", "owner"),
)

entry_version = Table(
    "entry_version",
    METADATA,
    Column("entry_id", Uuid, ForeignKey("entry.id", ondelete="RESTRICT"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),  # from 1, without a gap
    Column("schema_number", Integer, nullable=False),  # version of the registry that it was written under
    Column("content", Json, nullable=False),  # fields that are not sealed
    # the other fields, one JSON object; None without any. The access log's digests cover these bytes
    Column("sealed", LargeBinary, info={"sealed": "entry.{entry_id}", "evidence": True}),
    Column("deleted", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
)

entry_value = Table(
    "entry_value",
    METADATA,
    Column("entry_id", Uuid, ForeignKey("entry.id", ondelete="RESTRICT"), primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("digest", String(64), nullable=False),  # keyed, over registry, field and value
    Index("ix_entry_value_digest", "digest", "entry_id"),
)

access_log = Table(
    "access_log",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without a gap
    Column("action", String(8), nullable=False),
    Column("registry", String(60)),
    Column("entries", Json, nullable=False),  # ids
    Column("fields", Json, nullable=False),  # names of what was read or changed
    Column("application", String(80), nullable=False),
    Column("subject", String(64)),  # None: the application by itself
    Column("purpose", String(64)),
    Column("consent", String(80)),  # the consent record that allowed it
    Column("version", Integer),  # of the entry, after a change
    Column("state", String(64)),  # keyed digest of that version
    Column("at", Instant, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),  # keyed, over this row and the one before
)

access_log_entry = Table(
    "access_log_entry",
    METADATA,
    Column("number", Integer, ForeignKey("access_log.number", ondelete="RESTRICT"), primary_key=True),
    Column("entry_id", Uuid, ForeignKey("entry.id", ondelete="RESTRICT"), primary_key=True),
    Column("owner", String(64)),
    Index("ix_access_log_entry_owner_number", "owner", "number"),
)

log_head = Table(
    "log_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row, 1: whoever writes the log locks it
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),  # keyed: a log cut short cannot be given another head
)
