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
        "entity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("removed_at", columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sa.UniqueConstraint("key", name=op.f("uq_entity_key")),
    )
    op.create_index(
        "uq_entity_name_category",
        "entity",
        ["name", "category"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("logger_role", sa.String(length=20), nullable=False),
        sa.Column("logger_id", sa.String(length=120), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log")),
    )
    op.create_index(op.f("ix_log_entity_id"), "log", ["entity_id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("host_entity_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("starts_at", columns.Instant(), nullable=False),
        sa.Column("ends_at", columns.Instant(), nullable=False),
        sa.Column("about", columns.Json(), nullable=False),
        sa.Column("told_at", columns.Instant(), nullable=True),
        sa.Column("removed_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["host_entity_id"], ["entity.id"], name=op.f("fk_slot_host_entity_id_entity"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("key", name=op.f("uq_slot_key")),
    )
    op.create_index("ix_slot_host_entity_id_name", "slot", ["host_entity_id", "name"], unique=False)
    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target_category", sa.String(length=12), nullable=False),
        sa.Column("message_id", sa.String(length=80), nullable=True),
        sa.Column("due_at", columns.Instant(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_alert_slot_id_slot"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_slot_id"), "alert", ["slot_id"], unique=False)
    op.create_index(op.f("ix_alert_subject"), "alert", ["subject"], unique=False)
    op.create_index(
        "ix_alert_waiting",
        "alert",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "fire",
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", columns.Instant(), nullable=False),
        sa.Column("fired_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["alert.id"], name=op.f("fk_fire_schedule_id_alert"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("schedule_id", "due_at", name=op.f("pk_fire")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("fire")
    op.drop_index(
        "ix_alert_waiting",
        table_name="alert",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("ix_alert_subject"), table_name="alert")
    op.drop_index(op.f("ix_alert_slot_id"), table_name="alert")
    op.drop_table("alert")
    op.drop_index("ix_slot_host_entity_id_name", table_name="slot")
    op.drop_table("slot")
    op.drop_index(op.f("ix_log_entity_id"), table_name="log")
    op.drop_table("log")
    op.drop_index(
        "uq_entity_name_category",
        table_name="entity",
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.drop_table("entity")
    drop_platform_tables(op)
