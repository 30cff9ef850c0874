"""Criteria and scores, merging, commitments; the moderators' queue, rules, appeals and facts."""

import sqlalchemy as sa
from alembic import op

from chassis import columns

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "criteria_set",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("criteria", columns.Json(), nullable=False),
        sa.Column("published_at", columns.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _kept("criteria_set", "process_id", "process"),
        sa.PrimaryKeyConstraint("process_id", name=op.f("pk_criteria_set")),
    )
    op.create_table(
        "evaluator",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _kept("evaluator", "process_id", "process"),
        sa.PrimaryKeyConstraint("process_id", "subject", name=op.f("pk_evaluator")),
    )
    op.create_table(
        "fact_box",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", columns.Json(), nullable=False),
        sa.Column("sources", columns.Json(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _kept("fact_box", "process_id", "process"),
        sa.PrimaryKeyConstraint("process_id", "number", name=op.f("pk_fact_box")),
    )
    op.create_table(
        "finding",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("filter", sa.String(length=12), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("settled_at", columns.Instant(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        _kept("finding", "process_id", "process"),
        sa.PrimaryKeyConstraint("contribution_id", "filter", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_process_id"), "finding", ["process_id"], unique=False)
    op.create_table(
        "moderation_case",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("held_at", columns.Instant(), nullable=True),
        sa.Column("opened_at", columns.Instant(), nullable=False),
        sa.Column("settled_at", columns.Instant(), nullable=True),
        _kept("moderation_case", "process_id", "process"),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_moderation_case")),
    )
    op.create_index(
        "ix_moderation_case_queue",
        "moderation_case",
        ["process_id", "settled_at", "place", "opened_at", "contribution_id"],
        unique=False,
    )
    op.create_table(
        "moderation_head",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        _kept("moderation_head", "process_id", "process"),
        sa.PrimaryKeyConstraint("process_id", name=op.f("pk_moderation_head")),
    )
    op.create_table(
        "moderation_rules",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("rules", columns.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _kept("moderation_rules", "process_id", "process"),
        sa.PrimaryKeyConstraint("process_id", name=op.f("pk_moderation_rules")),
    )
    op.create_table(
        "rumour",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("claim", columns.Json(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("answer", columns.Json(), nullable=False),
        sa.Column("sources", columns.Json(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _kept("rumour", "process_id", "process"),
        sa.PrimaryKeyConstraint("id", "number", name=op.f("pk_rumour")),
    )
    op.create_index("ix_rumour_process_id_current", "rumour", ["process_id", "current", "at", "id"], unique=False)
    op.create_table(
        "sketch",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        _kept("sketch", "process_id", "process"),
        sa.PrimaryKeyConstraint("contribution_id", "hash", name=op.f("pk_sketch")),
    )
    op.create_index("ix_sketch_process_id_hash", "sketch", ["process_id", "hash"], unique=False)
    op.create_table(
        "appeal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("due_at", columns.Instant(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_at", columns.Instant(), nullable=True),
        _kept("appeal", "entry_id", "moderation"),
        _kept("appeal", "participant_id", "participant"),
        _kept("appeal", "process_id", "process"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_appeal_entry_id")),
    )
    op.create_index(
        "ix_appeal_process_id_state_due_at", "appeal", ["process_id", "state", "due_at", "id"], unique=False
    )
    op.create_table(
        "context_label",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("words", columns.Json(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("removed_at", columns.Instant(), nullable=True),
        _kept("context_label", "entry_id", "moderation"),
        _kept("context_label", "process_id", "process"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_context_label")),
    )
    op.create_index(op.f("ix_context_label_contribution_id"), "context_label", ["contribution_id"], unique=False)
    op.create_index(op.f("ix_context_label_process_id"), "context_label", ["process_id"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("evaluator", sa.String(length=64), nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("scores", columns.Json(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        _kept("assessment", "process_id", "process"),
        _kept("assessment", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_process_id", "assessment", ["process_id"], unique=False)
    op.create_index("uq_assessment_proposal_id_evaluator", "assessment", ["proposal_id", "evaluator"], unique=True)
    op.create_table(
        "commitment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("title", columns.Json(), nullable=False),
        sa.Column("description", columns.Json(), nullable=True),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("dropped_reason", columns.Json(), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("updated_at", columns.Instant(), nullable=False),
        _kept("commitment", "parent_id", "commitment"),
        _kept("commitment", "process_id", "process"),
        _kept("commitment", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_parent_id"), "commitment", ["parent_id"], unique=False)
    op.create_index(
        "ix_commitment_process_id_created_at", "commitment", ["process_id", "created_at", "id"], unique=False
    )
    op.create_index(op.f("ix_commitment_proposal_id"), "commitment", ["proposal_id"], unique=False)
    op.create_table(
        "merged_proposal",
        sa.Column("original_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _kept("merged_proposal", "original_id", "proposal"),
        _kept("merged_proposal", "process_id", "process"),
        _kept("merged_proposal", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("original_id", name=op.f("pk_merged_proposal")),
    )
    op.create_index(op.f("ix_merged_proposal_proposal_id"), "merged_proposal", ["proposal_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commitment_id", sa.Uuid(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("words", columns.Json(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _kept("milestone", "commitment_id", "commitment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_index(
        "ix_milestone_commitment_id_reached_on", "milestone", ["commitment_id", "reached_on", "id"], unique=False
    )
    op.add_column("decision", sa.Column("office", sa.String(length=120), nullable=True))
    op.add_column("decision", sa.Column("cost", sa.BigInteger(), nullable=True))
    op.add_column("decision", sa.Column("currency", sa.String(length=3), nullable=True))
    op.add_column("decision", sa.Column("timeline", columns.Json(), nullable=True))
    op.add_column("decision", sa.Column("legal_basis", columns.Json(), nullable=True))
    op.add_column("decision", sa.Column("publish_at", columns.Instant(), nullable=True))
    op.add_column("moderation", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("moderation", sa.Column("month", sa.String(length=7), nullable=True))
    op.add_column("moderation", sa.Column("digest", sa.String(length=64), nullable=True))
    op.create_index("uq_moderation_process_id_number", "moderation", ["process_id", "number"], unique=True)
    months = {"sqlite": "substr(at, 1, 7)", "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM')"}
    op.execute(f"UPDATE moderation SET month = {months[op.get_bind().dialect.name]}")  # noqa: S608 - one of two constants


def downgrade() -> None:
    """Take it back."""
    op.drop_index("uq_moderation_process_id_number", table_name="moderation")
    op.drop_column("moderation", "digest")
    op.drop_column("moderation", "month")
    op.drop_column("moderation", "number")
    op.drop_column("decision", "publish_at")
    op.drop_column("decision", "legal_basis")
    op.drop_column("decision", "timeline")
    op.drop_column("decision", "currency")
    op.drop_column("decision", "cost")
    op.drop_column("decision", "office")
    op.drop_table("milestone")
    op.drop_table("merged_proposal")
    op.drop_table("commitment")
    op.drop_table("assessment")
    op.drop_table("context_label")
    op.drop_table("appeal")
    op.drop_table("sketch")
    op.drop_table("rumour")
    op.drop_table("moderation_rules")
    op.drop_table("moderation_head")
    op.drop_table("moderation_case")
    op.drop_table("finding")
    op.drop_table("fact_box")
    op.drop_table("evaluator")
    op.drop_table("criteria_set")


def _kept(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """What others refer to is never deleted."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")
