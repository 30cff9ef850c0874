"""Running figures of monitoring."""

import sqlalchemy as sa
from alembic import op

from chassis import columns

revision = "0010"
down_revision = "0009"

_OF_PROCESS = ("activity", "activity_actor", "activity_spread", "activity_newcomers", "activity_answer")


def upgrade() -> None:
    """Add what is new. What was contributed before is queued, so that the first fold counts it."""
    op.create_table(
        "activity_due",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_activity_due")),
    )
    op.create_table(
        "activity_seen",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("ladder_step", sa.Integer(), nullable=False),
        sa.Column("facet", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_activity_seen")),
    )
    op.create_index("ix_activity_seen_process_id_actor_key", "activity_seen", ["process_id", "actor_key"], unique=False)
    _of_process(
        "activity",
        [
            sa.Column("day", sa.Date(), nullable=False),
            sa.Column("kind", sa.String(length=12), nullable=False),
            sa.Column("channel", sa.String(length=8), nullable=False),
            sa.Column("ladder_step", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("facet", sa.String(length=16), nullable=False),
            sa.Column("status", sa.String(length=12), nullable=False),
        ],
        sa.Column("number", sa.Integer(), nullable=False),
    )
    _of_process(
        "activity_actor",
        [sa.Column("actor_key", sa.String(length=64), nullable=False)],
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
    )
    _of_process(
        "activity_spread",
        [sa.Column("number", sa.Integer(), autoincrement=False, nullable=False)],
        sa.Column("actors", sa.Integer(), nullable=False),
    )
    _of_process(
        "activity_newcomers",
        [sa.Column("day", sa.Date(), nullable=False)],
        sa.Column("actors", sa.Integer(), nullable=False),
    )
    _of_process(
        "activity_answer",
        [
            sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("in_time", sa.Integer(), autoincrement=False, nullable=False),
        ],
        sa.Column("number", sa.Integer(), nullable=False),
    )
    _of_process(
        "participation_alert",
        [sa.Column("mark", sa.String(length=60), nullable=False)],
        sa.Column("reason", sa.String(length=8), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
    )
    op.execute("INSERT INTO activity_due (contribution_id, kind) SELECT contribution_id, kind FROM process_log")


def downgrade() -> None:
    """Take it back."""
    for name in ("participation_alert", *reversed(_OF_PROCESS)):
        op.drop_table(name)
    op.drop_index("ix_activity_seen_process_id_actor_key", table_name="activity_seen")
    op.drop_table("activity_seen")
    op.drop_table("activity_due")


def _of_process(name: str, key: list["sa.Column[object]"], *columns_: "sa.Column[object]") -> None:
    """A table whose key begins with the process."""
    op.create_table(
        name,
        sa.Column("process_id", sa.Uuid(), nullable=False),
        *key,
        *columns_,
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f(f"fk_{name}_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("process_id", *(column.name for column in key), name=op.f(f"pk_{name}")),
    )
