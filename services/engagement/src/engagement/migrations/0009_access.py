"""Access to processes: keys of those who take part without an account, follows, cases of the help desk."""

import sqlalchemy as sa
from alembic import op

from chassis import columns

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add what is new."""
    op.add_column("participant", sa.Column("ladder_step", sa.Integer(), server_default="3", nullable=False))
    op.add_column("participant", sa.Column("address_digest", sa.String(length=64), nullable=True))
    op.add_column("participant", sa.Column("withdrawn_at", columns.Instant(), nullable=True))
    op.create_index(
        "uq_participant_process_id_address_digest", "participant", ["process_id", "address_digest"], unique=True
    )
    op.create_index("ix_participant_subject_joined_at", "participant", ["subject", "joined_at", "id"], unique=False)
    op.create_index("ix_participant_consent_record_id", "participant", ["consent_record_id"], unique=False)
    op.create_table(
        "proof",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", columns.Instant(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_proof_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
    )
    op.create_index(
        "ix_proof_process_id_address_digest_at", "proof", ["process_id", "address_digest", "at"], unique=False
    )
    op.create_index("ix_proof_process_id_subject_at", "proof", ["process_id", "subject", "at"], unique=False)
    op.create_index("ix_proof_at", "proof", ["at"], unique=False)
    op.create_table(
        "follow",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("confirmed_at", columns.Instant(), nullable=True),
        sa.Column("told_until", columns.Instant(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_follow_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
    )
    op.create_index("uq_follow_process_id_address_digest", "follow", ["process_id", "address_digest"], unique=True)
    op.create_index("ix_follow_told_until", "follow", ["told_until"], unique=False)
    op.create_table(
        "help_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=23), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=True),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_at", columns.Instant(), nullable=False),
        sa.Column("answered_at", columns.Instant(), nullable=True),
        sa.Column("answered_by", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_help_case_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_case")),
        sa.UniqueConstraint("code", name=op.f("uq_help_case_code")),
    )
    op.create_index("ix_help_case_state_asked_at", "help_case", ["state", "asked_at", "id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_help_case_state_asked_at", table_name="help_case")
    op.drop_table("help_case")
    op.drop_index("ix_follow_told_until", table_name="follow")
    op.drop_index("uq_follow_process_id_address_digest", table_name="follow")
    op.drop_table("follow")
    op.drop_index("ix_proof_at", table_name="proof")
    op.drop_index("ix_proof_process_id_subject_at", table_name="proof")
    op.drop_index("ix_proof_process_id_address_digest_at", table_name="proof")
    op.drop_table("proof")
    op.drop_index("ix_participant_consent_record_id", table_name="participant")
    op.drop_index("ix_participant_subject_joined_at", table_name="participant")
    op.drop_index("uq_participant_process_id_address_digest", table_name="participant")
    op.drop_column("participant", "withdrawn_at")
    op.drop_column("participant", "address_digest")
    op.drop_column("participant", "ladder_step")
