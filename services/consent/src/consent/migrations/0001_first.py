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
        "journal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("schema_name", sa.String(length=16), nullable=False),
        sa.Column("object_id", sa.String(length=80), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("revision_hash", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("roles", columns.Json(), nullable=False),
        sa.Column("application", sa.String(length=80), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal")),
    )
    op.create_index("ix_journal_schema_name_object_id", "journal", ["schema_name", "object_id"], unique=False)
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "policy",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("schema_name", sa.String(length=16), nullable=False),
        sa.Column("object_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("individual", sa.String(length=64), nullable=True),
        sa.Column("other", sa.String(length=80), nullable=True),
        sa.Column("predecessor_hash", sa.String(length=64), nullable=True),
        sa.Column("predecessor_signature", sa.Text(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index(
        "uq_revision_schema_name_object_id_number", "revision", ["schema_name", "object_id", "number"], unique=True
    )
    op.create_table(
        "signing_key",
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("generation", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_key_kid")),
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.String(length=80), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_agreement_policy_id_policy"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_policy_id"), "agreement", ["policy_id"], unique=False)
    op.create_table(
        "consent_record",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.String(length=80), nullable=False),
        sa.Column("agreement_revision_id", sa.Uuid(), nullable=False),
        sa.Column("individual", sa.String(length=64), nullable=False),
        sa.Column("opt_in", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_consent_record_agreement_id_agreement"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["agreement_revision_id"],
            ["revision.id"],
            name=op.f("fk_consent_record_agreement_revision_id_revision"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_record")),
    )
    op.create_index(
        "ix_consent_record_agreement_id_opt_in", "consent_record", ["agreement_id", "opt_in", "id"], unique=False
    )
    op.create_index(
        "ix_consent_record_individual_agreement_id", "consent_record", ["individual", "agreement_id"], unique=False
    )
    op.create_index(
        "uq_consent_record_agreement_revision_id_individual",
        "consent_record",
        ["agreement_revision_id", "individual"],
        unique=True,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("uq_consent_record_agreement_revision_id_individual", table_name="consent_record")
    op.drop_index("ix_consent_record_individual_agreement_id", table_name="consent_record")
    op.drop_index("ix_consent_record_agreement_id_opt_in", table_name="consent_record")
    op.drop_table("consent_record")
    op.drop_index(op.f("ix_agreement_policy_id"), table_name="agreement")
    op.drop_table("agreement")
    op.drop_table("signing_key")
    op.drop_index("uq_revision_schema_name_object_id_number", table_name="revision")
    op.drop_table("revision")
    op.drop_table("policy")
    op.drop_table("journal_head")
    op.drop_index("ix_journal_schema_name_object_id", table_name="journal")
    op.drop_table("journal")
    drop_platform_tables(op)
