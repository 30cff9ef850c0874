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
        "definition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=8), nullable=False),
        sa.Column("is_executable", sa.Boolean(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("removed_at", columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition")),
        sa.UniqueConstraint("key", name=op.f("uq_definition_key")),
    )
    op.create_table(
        "trigger",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(length=16), nullable=False),
        sa.Column("received_at", columns.Instant(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "fact", name=op.f("pk_trigger")),
    )
    op.create_table(
        "definition_version",
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("xml", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("deployed_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition.id"],
            name=op.f("fk_definition_version_definition_id_definition"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("definition_id", "number", name=op.f("pk_definition_version")),
    )
    op.create_table(
        "instance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("engine_state", sa.Text(), nullable=False),
        sa.Column("started_by", sa.String(length=120), nullable=False),
        sa.Column("started_at", columns.Instant(), nullable=False),
        sa.Column("changed_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id", "definition_version"],
            ["definition_version.definition_id", "definition_version.number"],
            name="fk_instance_definition_version",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
        sa.UniqueConstraint("process_id", name=op.f("uq_instance_process_id")),
    )
    op.create_index("ix_instance_definition_id", "instance", ["definition_id", "id"], unique=False)
    op.create_table(
        "history",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("values", columns.Json(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_history_instance_id_instance"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("instance_id", "number", name=op.f("pk_history")),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=True),
        sa.Column("element", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("lane", sa.String(length=120), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", columns.Instant(), nullable=False),
        sa.Column("completed_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_task_instance_id_instance"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_instance_id"), "task", ["instance_id"], unique=False)
    op.create_index(op.f("ix_task_process_id"), "task", ["process_id"], unique=False)
    op.create_index("ix_task_state_id", "task", ["state", "id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_task_state_id", table_name="task")
    op.drop_index(op.f("ix_task_process_id"), table_name="task")
    op.drop_index(op.f("ix_task_instance_id"), table_name="task")
    op.drop_table("task")
    op.drop_table("history")
    op.drop_index("ix_instance_definition_id", table_name="instance")
    op.drop_table("instance")
    op.drop_table("definition_version")
    op.drop_table("trigger")
    op.drop_table("definition")
    drop_platform_tables(op)
