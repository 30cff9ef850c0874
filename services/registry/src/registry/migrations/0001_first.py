"""First."""

import sqlalchemy as sa
from alembic import op

from chassis import columns
from chassis.migrations import create_platform_tables, drop_platform_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Add what is new."""
    create_platform_tables(op)
    op.create_table(
        "access_log",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("registry", sa.String(length=60), nullable=True),
        sa.Column("entries", columns.Json(), nullable=False),
        sa.Column("fields", columns.Json(), nullable=False),
        sa.Column("application", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=True),
        sa.Column("purpose", sa.String(length=64), nullable=True),
        sa.Column("consent", sa.String(length=80), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_access_log")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registry", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("sole_owner", sa.String(length=64), nullable=True),
        sa.Column("request_key", sa.String(length=64), nullable=True),
        sa.Column("request", sa.String(length=64), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    op.create_index("ix_entry_owner", "entry", ["owner"], unique=False)
    op.create_index("ix_entry_registry_deleted_id", "entry", ["registry", "deleted", "id"], unique=False)
    op.create_index("uq_entry_registry_sole_owner", "entry", ["registry", "sole_owner"], unique=True)
    op.create_index("uq_entry_request_key", "entry", ["request_key"], unique=True)
    op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
    )
    op.create_table(
        "registry_version",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("one_entry_per_person", sa.Boolean(), nullable=False),
        sa.Column("sealed", columns.Json(), nullable=False),
        sa.Column("schema", columns.Json(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("drafted_by", sa.String(length=80), nullable=False),
        sa.Column("drafted_at", columns.Instant(), nullable=False),
        sa.Column("published_at", columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("name", "number", name=op.f("pk_registry_version")),
    )
    op.create_table(
        "access_log_entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_access_log_entry_entry_id_entry"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["access_log.number"], name=op.f("fk_access_log_entry_number_access_log"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("number", "entry_id", name=op.f("pk_access_log_entry")),
    )
    op.create_index("ix_access_log_entry_owner_number", "access_log_entry", ["owner", "number"], unique=False)
    op.create_table(
        "entry_value",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_value_entry_id_entry"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("entry_id", "field", name=op.f("pk_entry_value")),
    )
    op.create_index("ix_entry_value_digest", "entry_value", ["digest", "entry_id"], unique=False)
    op.create_table(
        "entry_version",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("schema_number", sa.Integer(), nullable=False),
        sa.Column("content", columns.Json(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_version_entry_id_entry"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_entry_version")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("entry_version")
    op.drop_index("ix_entry_value_digest", table_name="entry_value")
    op.drop_table("entry_value")
    op.drop_index("ix_access_log_entry_owner_number", table_name="access_log_entry")
    op.drop_table("access_log_entry")
    op.drop_table("registry_version")
    op.drop_table("log_head")
    op.drop_index("uq_entry_request_key", table_name="entry")
    op.drop_index("uq_entry_registry_sole_owner", table_name="entry")
    op.drop_index("ix_entry_registry_deleted_id", table_name="entry")
    op.drop_index("ix_entry_owner", table_name="entry")
    op.drop_table("entry")
    op.drop_table("access_log")
    drop_platform_tables(op)
