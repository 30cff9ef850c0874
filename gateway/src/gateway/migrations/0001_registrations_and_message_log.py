"""Registrations and message log."""

import sqlalchemy as sa
from alembic import op

from chassis import columns

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seeded_from", sa.String(64), nullable=False),
        sa.Column("changed_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.String(767), nullable=False),
        sa.Column("name", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    op.create_table(
        "application",
        sa.Column("id", sa.String(1023), nullable=False),
        sa.Column("member", sa.String(767), nullable=False),
        sa.Column("name", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_application_member_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_table(
        "service",
        sa.Column("application", sa.String(1023), nullable=False),
        sa.Column("code", sa.String(255), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["application"], ["application.id"], name=op.f("fk_service_application_application")),
        sa.PrimaryKeyConstraint("application", "code", name=op.f("pk_service")),
    )
    op.create_table(
        "access_right",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(1023), nullable=False),
        sa.Column("application", sa.String(1023), nullable=False),
        sa.Column("methods", columns.Json(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_access_right_application_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_right")),
    )
    op.create_index("ix_access_right_application", "access_right", ["application"])
    op.create_table(
        "message_record",
        sa.Column("seq", columns.Sequence, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_message_record")),
    )
    op.create_index("ix_message_record_request_id", "message_record", ["request_id"])
    op.create_table(
        "message_head",
        sa.Column("seq", columns.Sequence, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(64), nullable=False),
        sa.Column("key_id", sa.String(64), nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_message_head")),
    )


def downgrade() -> None:
    """Take away what upgrade added."""
    for table in (
        "message_head", "message_record", "access_right", "service", "application", "member", "registration",
    ):  # fmt: skip
        op.drop_table(table)
