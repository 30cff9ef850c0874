"""Running figures of surveys."""

import sqlalchemy as sa
from alembic import op

from chassis import columns

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "survey_tally",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("recount", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("folded_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_tally_survey_id_survey"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_survey_tally")),
    )
    op.create_table(
        "survey_untallied",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_survey_untallied")),
        sa.UniqueConstraint("mark", name=op.f("uq_survey_untallied_mark")),
    )
    op.create_index(op.f("ix_survey_untallied_survey_id"), "survey_untallied", ["survey_id"], unique=False)
    op.create_table(
        "survey_tallied",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("said", columns.Json(), nullable=False),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_survey_tallied")),
    )
    op.create_index(op.f("ix_survey_tallied_survey_id"), "survey_tallied", ["survey_id"], unique=False)
    op.create_table(
        "survey_cell",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("variable", sa.String(length=90), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("weight_squares", sa.Float(), nullable=False),
        sa.Column("total", sa.Float(), nullable=False),
        sa.Column("squares", sa.Float(), nullable=False),
        sa.Column("weighted_total", sa.Float(), nullable=False),
        sa.Column("weighted_squares", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "variable", "code", name=op.f("pk_survey_cell")),
    )
    op.create_table(
        "survey_pair",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.String(length=90), nullable=False),
        sa.Column("second", sa.String(length=90), nullable=False),
        sa.Column("first_code", sa.String(length=40), nullable=False),
        sa.Column("second_code", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("weight_squares", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint(
            "survey_id", "first", "second", "first_code", "second_code", name=op.f("pk_survey_pair")
        ),
    )
    op.create_table(
        "survey_term",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "question", "term", name=op.f("pk_survey_term")),
    )
    op.create_index("ix_survey_term_often", "survey_term", ["survey_id", "question", "n"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_survey_term_often", table_name="survey_term")
    op.drop_table("survey_term")
    op.drop_table("survey_pair")
    op.drop_table("survey_cell")
    op.drop_index(op.f("ix_survey_tallied_survey_id"), table_name="survey_tallied")
    op.drop_table("survey_tallied")
    op.drop_index(op.f("ix_survey_untallied_survey_id"), table_name="survey_untallied")
    op.drop_table("survey_untallied")
    op.drop_table("survey_tally")
