"""Processes, participants, contributions and their log."""

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
        "process",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", columns.Json(), nullable=False),
        sa.Column("summary", columns.Json(), nullable=True),
        sa.Column("languages", columns.Json(), nullable=False),
        sa.Column("area", columns.Json(), nullable=True),
        sa.Column("categories", columns.Json(), nullable=False),
        sa.Column("strategy", columns.Json(), nullable=False),
        sa.Column("limits", columns.Json(), nullable=False),
        sa.Column("data_agreement_id", sa.String(length=80), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("approved_by", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process")),
        sa.UniqueConstraint("slug", name=op.f("uq_process_slug")),
    )
    op.create_table(
        "numbering",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_numbering_process_id_process")),
        sa.PrimaryKeyConstraint("process_id", name=op.f("pk_numbering")),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("consent_record_id", sa.String(length=64), nullable=True),
        sa.Column("recipient", sa.String(length=64), nullable=True),
        sa.Column("joined_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_participant_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
    )
    op.create_index("uq_participant_process_id_subject", "participant", ["process_id", "subject"], unique=True)
    op.create_table(
        "phase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", columns.Json(), nullable=False),
        sa.Column("opens_at", columns.Instant(), nullable=False),
        sa.Column("closes_at", columns.Instant(), nullable=False),
        sa.Column("accepts", columns.Json(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_phase_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
    )
    op.create_index(op.f("ix_phase_process_id"), "phase", ["process_id"], unique=False)
    op.create_table(
        "process_log",
        sa.Column("code", sa.String(length=23), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_process_log_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_process_log")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_process_log_contribution_id")),
    )
    op.create_index(op.f("ix_process_log_process_id"), "process_log", ["process_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("ladder_step", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=120), nullable=True),
        sa.Column("title", columns.Json(), nullable=False),
        sa.Column("summary", columns.Json(), nullable=True),
        sa.Column("body", columns.Json(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=True),
        sa.Column("tags", columns.Json(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("verification", sa.String(length=8), nullable=False),
        sa.Column("verified_at", columns.Instant(), nullable=True),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("published_at", columns.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_proposal_participant_id_participant"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_proposal_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_participant_id", "proposal", ["participant_id"], unique=False)
    op.create_index(
        "ix_proposal_process_id_state_published_at",
        "proposal",
        ["process_id", "state", "published_at", "id"],
        unique=False,
    )
    op.create_index("uq_proposal_process_id_number", "proposal", ["process_id", "number"], unique=True)
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("body", columns.Json(), nullable=False),
        sa.Column("position", sa.String(length=10), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("ladder_step", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.CheckConstraint("position IS NULL OR depth = 0", name=op.f("ck_comment_position_on_roots")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id_comment"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_comment_participant_id_participant"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_comment_process_id_process"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_comment_proposal_id_proposal"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_process_id"), "comment", ["process_id"], unique=False)
    op.create_index("ix_comment_proposal_id_depth_at", "comment", ["proposal_id", "depth", "at", "id"], unique=False)
    op.create_index("ix_comment_root_id_at", "comment", ["root_id", "at", "id"], unique=False)
    op.create_table(
        "endorsement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("ladder_step", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_endorsement_participant_id_participant"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_endorsement_proposal_id_proposal"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement")),
    )
    op.create_index(
        "ix_endorsement_participant_id_proposal_id", "endorsement", ["participant_id", "proposal_id"], unique=False
    )
    op.create_index("uq_endorsement_proposal_id_actor_key", "endorsement", ["proposal_id", "actor_key"], unique=True)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("uq_endorsement_proposal_id_actor_key", table_name="endorsement")
    op.drop_index("ix_endorsement_participant_id_proposal_id", table_name="endorsement")
    op.drop_table("endorsement")
    op.drop_index("ix_comment_root_id_at", table_name="comment")
    op.drop_index("ix_comment_proposal_id_depth_at", table_name="comment")
    op.drop_index(op.f("ix_comment_process_id"), table_name="comment")
    op.drop_table("comment")
    op.drop_index("uq_proposal_process_id_number", table_name="proposal")
    op.drop_index("ix_proposal_process_id_state_published_at", table_name="proposal")
    op.drop_index("ix_proposal_participant_id", table_name="proposal")
    op.drop_table("proposal")
    op.drop_index(op.f("ix_process_log_process_id"), table_name="process_log")
    op.drop_table("process_log")
    op.drop_index(op.f("ix_phase_process_id"), table_name="phase")
    op.drop_table("phase")
    op.drop_index("uq_participant_process_id_subject", table_name="participant")
    op.drop_table("participant")
    op.drop_table("numbering")
    op.drop_table("process")
    drop_platform_tables(op)
