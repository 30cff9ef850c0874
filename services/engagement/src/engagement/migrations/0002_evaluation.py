"""Counts, moderation, evaluation, imports and the audit."""

import sqlalchemy as sa
from alembic import op

from chassis import columns

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "process_counts",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("proposals", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("endorsements", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("process_id", name=op.f("pk_process_counts")),
    )
    op.create_table(
        "proposal_counts",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("endorsements", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("without_position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_counts")),
    )
    op.create_index(op.f("ix_proposal_counts_process_id"), "proposal_counts", ["process_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_audit_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_process_id"), "audit", ["process_id"], unique=False)
    op.create_table(
        "import_exception",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("limit", sa.String(length=12), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("actual", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_import_exception_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_exception")),
    )
    op.create_index(op.f("ix_import_exception_process_id"), "import_exception", ["process_id"], unique=False)
    op.create_table(
        "moderation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_moderation_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation")),
    )
    op.create_index("ix_moderation_process_id_at", "moderation", ["process_id", "at", "id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_notice_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_process_id"), "notice", ["process_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("settled_at", columns.Instant(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_report_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_process_id"), "report", ["process_id"], unique=False)
    op.create_index("uq_report_contribution_id_actor_key", "report", ["contribution_id", "actor_key"], unique=True)
    op.create_table(
        "decision",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason_code", sa.String(length=20), nullable=False),
        sa.Column("reason", columns.Json(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_at", columns.Instant(), nullable=False),
        sa.Column("published_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_decision_process_id_process"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_decision_proposal_id_proposal"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_process_id"), "decision", ["process_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_decision_process_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_index("uq_report_contribution_id_actor_key", table_name="report")
    op.drop_index(op.f("ix_report_process_id"), table_name="report")
    op.drop_table("report")
    op.drop_index(op.f("ix_notice_process_id"), table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_moderation_process_id_at", table_name="moderation")
    op.drop_table("moderation")
    op.drop_index(op.f("ix_import_exception_process_id"), table_name="import_exception")
    op.drop_table("import_exception")
    op.drop_index(op.f("ix_audit_process_id"), table_name="audit")
    op.drop_table("audit")
    op.drop_index(op.f("ix_proposal_counts_process_id"), table_name="proposal_counts")
    op.drop_table("proposal_counts")
    op.drop_table("process_counts")
