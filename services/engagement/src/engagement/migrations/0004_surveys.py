"""Surveys and responses."""

import sqlalchemy as sa
from alembic import op

from chassis import columns

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "survey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("title", columns.Json(), nullable=False),
        sa.Column("introduction", columns.Json(), nullable=True),
        sa.Column("definition", columns.Json(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("settings", columns.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("published_at", columns.Instant(), nullable=True),
        _process("survey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    op.create_index("ix_survey_process_id_created_at", "survey", ["process_id", "created_at", "id"], unique=False)
    op.create_table(
        "survey_revision",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", columns.Json(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _survey("survey_revision"),
        sa.PrimaryKeyConstraint("survey_id", "number", name=op.f("pk_survey_revision")),
    )
    op.create_table(
        "survey_quota",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("quota", sa.String(length=40), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        _survey("survey_quota"),
        sa.PrimaryKeyConstraint("survey_id", "quota", name=op.f("pk_survey_quota")),
    )
    op.create_table(
        "survey_picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _survey("survey_picture"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_picture")),
    )
    op.create_index(op.f("ix_survey_picture_survey_id"), "survey_picture", ["survey_id"], unique=False)
    op.create_table(
        "response",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=True),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("ladder_step", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("answers", columns.Json(), nullable=False),
        sa.Column("unsent", columns.Json(), nullable=True),
        sa.Column("contribution_id", sa.Uuid(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("profile", columns.Json(), nullable=True),
        sa.Column("started_at", columns.Instant(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state = 'started' OR contribution_id IS NOT NULL", name=op.f("ck_response_submitted_is_logged")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_response_participant_id_participant"),
            ondelete="RESTRICT",
        ),
        _process("response"),
        _survey("response"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
    )
    op.create_index("ix_response_contribution_id", "response", ["contribution_id"], unique=True)
    op.create_index("ix_response_participant_id", "response", ["participant_id"], unique=False)
    op.create_index("ix_response_survey_id_at", "response", ["survey_id", "at", "id"], unique=False)
    op.create_index("uq_response_survey_id_actor_key", "response", ["survey_id", "actor_key"], unique=True)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("response")
    op.drop_table("survey_picture")
    op.drop_table("survey_quota")
    op.drop_table("survey_revision")
    op.drop_table("survey")


def _process(of: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{of}_process_id_process")
    return sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=name, ondelete="RESTRICT")


def _survey(of: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{of}_survey_id_survey")
    return sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=name, ondelete="RESTRICT")
