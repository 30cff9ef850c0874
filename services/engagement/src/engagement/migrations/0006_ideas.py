"""Pictures, former texts, amendments and thresholds of proposals; favours for comments; sketches of titles."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from chassis import columns
from engagement.similarity.model import sketch

revision = "0006"
down_revision = "0005"


def _of_proposals() -> tuple[sa.Column[Any], ...]:  # Any: columns of many types
    return (
        sa.Column("place", columns.Json(), nullable=True),
        sa.Column("cost", columns.Json(), nullable=True),
        sa.Column("pictures", columns.Json(), nullable=True),
        sa.Column("display", sa.String(length=10), server_default="name", nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=True),
        sa.Column("edited_at", columns.Instant(), nullable=True),
        sa.Column("withdrawn_at", columns.Instant(), nullable=True),
        sa.Column("text_number", sa.Integer(), server_default="1", nullable=False),
    )


def _of_comments() -> tuple[sa.Column[Any], ...]:  # Any: columns of many types
    return (
        sa.Column("kind", sa.String(length=16), server_default="opinion", nullable=False),
        sa.Column("office", sa.String(length=120), nullable=True),
        sa.Column("original", columns.Json(), nullable=True),
        sa.Column("edited_at", columns.Instant(), nullable=True),
        sa.Column("favours", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answers", sa.Integer(), server_default="0", nullable=False),
    )


def upgrade() -> None:
    """Add what is new."""
    for column in _of_proposals():
        op.add_column("proposal", column)
    for column in _of_comments():
        op.add_column("comment", column)
    op.create_index("ix_comment_best", "comment", ["proposal_id", "depth", "favours", "id"], unique=False)
    _texts_and_pictures()
    _amendments()
    _rules()
    _sketches()
    _count_answers()
    _sketch_titles()


def _texts_and_pictures() -> None:
    op.create_table(
        "proposal_text",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", columns.Json(), nullable=False),
        sa.Column("cause", sa.String(length=10), nullable=False),
        sa.Column("amendment_id", sa.Uuid(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        _refers("proposal_text", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("proposal_id", "number", name=op.f("pk_proposal_text")),
    )
    op.create_table(
        "picture_file",
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=12), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _refers("picture_file", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("picture_id", "name", name=op.f("pk_picture_file")),
    )
    op.create_index(op.f("ix_picture_file_proposal_id"), "picture_file", ["proposal_id"], unique=False)


def _amendments() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("ladder_step", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("title", columns.Json(), nullable=False),
        sa.Column("summary", columns.Json(), nullable=True),
        sa.Column("body", columns.Json(), nullable=True),
        sa.Column("rationale", columns.Json(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", columns.Json(), nullable=True),
        sa.Column("promoted_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", columns.Instant(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("amendment", "process_id", "process"),
        _refers("amendment", "proposal_id", "proposal"),
        _refers("amendment", "participant_id", "participant"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
    )
    op.create_index(op.f("ix_amendment_process_id"), "amendment", ["process_id"], unique=False)
    op.create_index("ix_amendment_proposal_id_at", "amendment", ["proposal_id", "at", "id"], unique=False)
    op.create_index("ix_amendment_participant_id", "amendment", ["participant_id"], unique=False)


def _rules() -> None:
    op.create_table(
        "proposal_rules",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("settings", columns.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _refers("proposal_rules", "process_id", "process"),
        sa.PrimaryKeyConstraint("process_id", name=op.f("pk_proposal_rules")),
    )
    op.create_table(
        "threshold_reached",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _refers("threshold_reached", "proposal_id", "proposal"),
        _refers("threshold_reached", "process_id", "process"),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_threshold_reached")),
    )
    op.create_index(op.f("ix_threshold_reached_process_id"), "threshold_reached", ["process_id"], unique=False)
    op.create_table(
        "comment_favour",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _refers("comment_favour", "comment_id", "comment"),
        sa.PrimaryKeyConstraint("comment_id", "actor_key", name=op.f("pk_comment_favour")),
    )


def _sketches() -> None:
    op.create_table(
        "title_sketch",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        _refers("title_sketch", "process_id", "process"),
        _refers("title_sketch", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("process_id", "hash", "proposal_id", name=op.f("pk_title_sketch")),
    )
    op.create_index("ix_title_sketch_proposal_id", "title_sketch", ["proposal_id"], unique=False)
    op.create_table(
        "similar_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=18), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _refers("similar_outcome", "process_id", "process"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similar_outcome")),
    )
    counted = ["process_id", "outcome"]
    op.create_index("ix_similar_outcome_process_id_outcome", "similar_outcome", counted, unique=False)


def _count_answers() -> None:
    """Roots that stand already learn how many answers they have."""
    root = sa.table("comment", sa.column("id"), sa.column("depth"), sa.column("answers"), sa.column("root_id"))
    under = root.alias("under")
    number = sa.select(sa.func.count()).where(under.c.root_id == root.c.id, under.c.depth > 0).scalar_subquery()
    op.execute(sa.update(root).where(root.c.depth == 0).values(answers=number))


def _sketch_titles() -> None:
    """What is published already is found by its title."""
    proposal = sa.table(
        "proposal",
        sa.column("id", sa.Uuid()),
        sa.column("process_id", sa.Uuid()),
        sa.column("title", columns.Json()),
        sa.column("state", sa.String()),
    )
    into = sa.table(
        "title_sketch", sa.column("process_id", sa.Uuid()), sa.column("hash"), sa.column("proposal_id", sa.Uuid())
    )
    own = op.get_bind()
    for row in own.execute(sa.select(proposal).where(proposal.c.state != "draft")).all():
        found = sketch(row.title.values())
        op.bulk_insert(into, [{"process_id": row.process_id, "hash": each, "proposal_id": row.id} for each in found])


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete="RESTRICT")


def downgrade() -> None:
    """Take it back."""
    for table in (
        "similar_outcome",
        "title_sketch",
        "comment_favour",
        "threshold_reached",
        "proposal_rules",
        "amendment",
        "picture_file",
        "proposal_text",
    ):
        op.drop_table(table)
    op.drop_index("ix_comment_best", table_name="comment")
    for table, added in (("comment", _of_comments()), ("proposal", _of_proposals())):
        for column in added:
            op.drop_column(table, column.name)
