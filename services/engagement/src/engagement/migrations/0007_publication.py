"""Plans of processes: switches of phases, roles, publication records, officials, blueprints."""

import sqlalchemy as sa
from alembic import op

from chassis import columns

revision = "0007"
down_revision = "0006"

_FUNCTION = """
CREATE FUNCTION refuse_to_change_a_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a publication record is never changed'; END $$
"""


def upgrade() -> None:
    """Add what is new."""
    op.add_column("process", sa.Column("roles", columns.Json(), server_default="{}", nullable=False))
    op.add_column("process", sa.Column("published_at", columns.Instant(), nullable=True))
    op.add_column("process", sa.Column("review_note", sa.Text(), nullable=True))
    op.add_column("process", sa.Column("cancelled_because", columns.Json(), nullable=True))
    op.add_column("phase", sa.Column("kind", sa.String(length=10), server_default="collect", nullable=False))
    op.add_column("phase", sa.Column("may_overlap", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("phase", sa.Column("grace_minutes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("phase", sa.Column("hides_results", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("phase", sa.Column("announcement", columns.Json(), nullable=True))
    op.create_table(
        "publication",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("content", columns.Json(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_publication_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("process_id", "number", name=op.f("pk_publication")),
    )
    op.create_table(
        "official",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.LargeBinary(), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=True),
        sa.Column("introduced_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official")),
        sa.UniqueConstraint("subject", name=op.f("uq_official_subject")),
    )
    op.create_table(
        "blueprint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", columns.Json(), nullable=False),
        sa.Column("description", columns.Json(), nullable=True),
        sa.Column("plan", columns.Json(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        op.execute(
            "CREATE TRIGGER publication_stays BEFORE UPDATE OR DELETE ON publication "
            "FOR EACH ROW EXECUTE FUNCTION refuse_to_change_a_publication()"
        )
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER publication_stays_{verb.lower()} BEFORE {verb} ON publication "
                "BEGIN SELECT RAISE(ABORT, 'a publication record is never changed'); END"
            )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("blueprint")
    op.drop_table("official")
    op.drop_table("publication")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_to_change_a_publication()")
    for name in ("announcement", "hides_results", "grace_minutes", "may_overlap", "kind"):
        op.drop_column("phase", name)
    for name in ("cancelled_because", "review_note", "published_at", "roles"):
        op.drop_column("process", name)
