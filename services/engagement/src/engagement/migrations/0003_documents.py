"""Documents, their versions, blocks and annotations.

Triggers keep what is published as it was, whatever a program or an operator tries.
"""

import sqlalchemy as sa
from alembic import op

from chassis import columns

revision = "0003"
down_revision = "0002"

_VERBS = ("insert", "update", "delete")
_PUBLISHED = "(SELECT state FROM document_version WHERE id = {row}.version_id) = 'published'"


def upgrade() -> None:
    """Add what is new."""
    _create_texts()
    _create_annotations()
    _create_disposition()
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def downgrade() -> None:
    """Take it back."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, name in _guards():
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON {table}")
    if not sqlite:
        op.execute("DROP FUNCTION document_block_stays()")
        op.execute("DROP FUNCTION document_version_stays()")
    op.drop_index(op.f("ix_disposition_document_id"), table_name="disposition")
    op.drop_table("disposition")
    op.drop_index("ix_anchor_version_id_block_id", table_name="anchor")
    op.drop_table("anchor")
    op.drop_index("ix_annotation_version_id", table_name="annotation")
    op.drop_index("ix_annotation_parent_id_at", table_name="annotation")
    op.drop_index("ix_annotation_document_id_at", table_name="annotation")
    op.drop_index(op.f("ix_annotation_process_id"), table_name="annotation")
    op.drop_table("annotation")
    op.drop_table("anchoring")
    op.drop_index("ix_document_block_version_id_place", table_name="document_block")
    op.drop_table("document_block")
    op.drop_index("uq_document_version_document_id_number", table_name="document_version")
    op.drop_table("document_version")
    op.drop_index("ix_document_process_id_created_at", table_name="document")
    op.drop_table("document")


def _guards() -> list[tuple[str, str]]:
    blocks = [("document_block", f"document_block_stays_on_{verb}") for verb in _VERBS]
    return blocks + [("document_version", f"document_version_stays_on_{verb}") for verb in ("update", "delete")]


def _guard_on_sqlite() -> None:
    refused = "BEGIN SELECT RAISE(ABORT, 'what is published does not change'); END"
    for verb in _VERBS:
        rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[verb]
        when = " OR ".join(_PUBLISHED.format(row=row) for row in rows)
        op.execute(
            f"CREATE TRIGGER document_block_stays_on_{verb} BEFORE {verb.upper()} ON document_block "
            f"WHEN {when} {refused}"
        )
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER document_version_stays_on_{verb} BEFORE {verb.upper()} ON document_version "
            f"WHEN OLD.state = 'published' {refused}"
        )


def _guard_on_postgresql() -> None:
    refused = "RAISE EXCEPTION 'what is published does not change' USING ERRCODE = 'integrity_constraint_violation'"
    goes_on = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
    old, new = _PUBLISHED.format(row="OLD"), _PUBLISHED.format(row="NEW")
    op.execute(
        "CREATE FUNCTION document_block_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN IF {old} THEN {refused}; END IF; END IF; "
        f"IF TG_OP <> 'DELETE' THEN IF {new} THEN {refused}; END IF; END IF; "
        f"{goes_on} END $$"
    )
    op.execute(
        "CREATE FUNCTION document_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF OLD.state = 'published' THEN {refused}; END IF; {goes_on} END $$"
    )
    for table, name in _guards():
        verb = name.rpartition("_")[2].upper()
        op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stays()")


def _create_texts() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("title", columns.Json(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_document_process_id_process"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_process_id_created_at", "document", ["process_id", "created_at", "id"], unique=False)
    op.create_table(
        "document_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("note", columns.Json(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("published_at", columns.Instant(), nullable=True),
        sa.Column("published_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_version_document_id_document"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
    )
    op.create_index(
        "uq_document_version_document_id_number", "document_version", ["document_id", "number"], unique=True
    )
    op.create_table(
        "document_block",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("block_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("came_from", columns.Json(), nullable=False),
        _of_version("document_block"),
        sa.PrimaryKeyConstraint("version_id", "block_id", name=op.f("pk_document_block")),
    )
    op.create_index("ix_document_block_version_id_place", "document_block", ["version_id", "place"], unique=False)
    op.create_table(
        "anchoring",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        _of_version("anchoring"),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_anchoring")),
    )


def _create_annotations() -> None:
    op.create_table(
        "annotation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(length=16), nullable=True),
        sa.Column("body", columns.Json(), nullable=False),
        sa.Column("block_id", sa.Uuid(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("exact", sa.Text(), nullable=True),
        sa.Column("prefix", sa.String(length=32), nullable=True),
        sa.Column("suffix", sa.String(length=32), nullable=True),
        sa.Column("proposed", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("ladder_step", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.CheckConstraint("(parent_id IS NULL) = (purpose IS NOT NULL)", name=op.f("ck_annotation_purpose_on_roots")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_annotation_document_id_document"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["annotation.id"], name=op.f("fk_annotation_parent_id_annotation"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_annotation_participant_id_participant"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_annotation_process_id_process"), ondelete="RESTRICT"
        ),
        _of_version("annotation"),
        _of_block("annotation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
    )
    op.create_index("ix_annotation_document_id_at", "annotation", ["document_id", "at", "id"], unique=False)
    op.create_index("ix_annotation_parent_id_at", "annotation", ["parent_id", "at", "id"], unique=False)
    op.create_index(op.f("ix_annotation_process_id"), "annotation", ["process_id"], unique=False)
    op.create_index("ix_annotation_version_id", "annotation", ["version_id"], unique=False)
    op.create_table(
        "anchor",
        sa.Column("annotation_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("block_id", sa.Uuid(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("nearest", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_anchor_annotation_id_annotation"), ondelete="RESTRICT"
        ),
        _of_version("anchor"),
        _of_block("anchor"),
        sa.PrimaryKeyConstraint("annotation_id", "version_id", name=op.f("pk_anchor")),
    )
    op.create_index("ix_anchor_version_id_block_id", "anchor", ["version_id", "block_id"], unique=False)


def _create_disposition() -> None:
    op.create_table(
        "disposition",
        sa.Column("annotation_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", columns.Json(), nullable=True),
        sa.Column("change_version_id", sa.Uuid(), nullable=True),
        sa.Column("change_block_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_at", columns.Instant(), nullable=False),
        sa.Column("published_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["annotation_id"],
            ["annotation.id"],
            name=op.f("fk_disposition_annotation_id_annotation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["change_version_id"],
            ["document_version.id"],
            name=op.f("fk_disposition_change_version_id_document_version"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_disposition_document_id_document"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("annotation_id", name=op.f("pk_disposition")),
    )
    op.create_index(op.f("ix_disposition_document_id"), "disposition", ["document_id"], unique=False)


def _of_version(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_version_id_document_version")
    return sa.ForeignKeyConstraint(["version_id"], ["document_version.id"], name=name, ondelete="RESTRICT")


def _of_block(table: str) -> sa.ForeignKeyConstraint:
    block = ["document_block.version_id", "document_block.block_id"]
    name = f"fk_{table}_version_id_document_block"
    return sa.ForeignKeyConstraint(["version_id", "block_id"], block, name=name, ondelete="RESTRICT")
