"""Texts that are consulted on, their versions and blocks, what people annotate and what becomes of it.

A published version and its blocks never change: triggers refuse it (migration 0003)."""

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table
from sqlalchemy import Text as Words

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

document = Table(
    "document",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("title", Json, nullable=False),
    Column("language", String(35), nullable=False),  # of the text: a translation is a document of its own
    Column("published", Integer, nullable=False),  # number of the newest published version, 0 before the first
    Column("created_by", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_document_process_id_created_at", "process_id", "created_at", "id"),
)

document_version = Table(
    "document_version",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("document_id", Uuid, ForeignKey("document.id", ondelete="RESTRICT"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(10), nullable=False),  # draft, published
    Column("revision", Integer, nullable=False),  # counts edits of the draft
    Column("note", Json),  # what a version is about, said at publication
    Column("sha256", String(64)),
    Column("created_at", Instant, nullable=False),
    Column("published_at", Instant),
    Column("published_by", String(64)),
    Index("uq_document_version_document_id_number", "document_id", "number", unique=True),
)

document_block = Table(
    "document_block",
    METADATA,
    Column("version_id", Uuid, ForeignKey("document_version.id", ondelete="RESTRICT"), primary_key=True),
    Column("block_id", Uuid, primary_key=True),  # the same in every version that has the block
    Column("place", Integer, nullable=False),  # from 0 in reading order
    Column("kind", String(10), nullable=False),  # heading, article, para, list_item, table
    Column("level", Integer, nullable=False),
    Column("number", String(40), nullable=False),
    Column("text", Words, nullable=False),
    Column("came_from", Json, nullable=False),  # blocks of the version before whose text was split off or merged in
    Index("ix_document_block_version_id_place", "version_id", "place"),
)

anchoring = Table(
    "anchoring",
    METADATA,
    Column("version_id", Uuid, ForeignKey("document_version.id", ondelete="RESTRICT"), primary_key=True),
    Column("at", Instant, nullable=False),  # when every annotation of earlier versions had been carried over
)

annotation = Table(
    "annotation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("document_id", Uuid, ForeignKey("document.id", ondelete="RESTRICT"), nullable=False),
    Column("version_id", Uuid, ForeignKey("document_version.id", ondelete="RESTRICT"), nullable=False),
    Column("participant_id", Uuid, ForeignKey("participant.id", ondelete="RESTRICT")),
    Column("entered_by", String(64), nullable=False),
    Column("actor_key", String(64), nullable=False),
    Column("parent_id", Uuid, ForeignKey("annotation.id", ondelete="RESTRICT")),  # of an answer: the root
    Column("purpose", String(16)),  # support, object, propose_wording, question, editorial; None for an answer
    Column("body", Json, nullable=False),
    Column("block_id", Uuid),  # None for the whole document, and for answers
    Column("start", Integer),  # in code points of the block as it was annotated; None for all of it
    Column("end", Integer),
    Column("exact", Words),
    Column("prefix", String(32)),
    Column("suffix", String(32)),
    Column("proposed", Words),
    Column("channel", String(8), nullable=False),
    Column("ladder_step", Integer, nullable=False),
    Column("state", String(8), nullable=False),  # visible, hidden
    Column("status", String(12), nullable=False),
    Column("hidden_reason", Words),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["version_id", "block_id"],
        ["document_block.version_id", "document_block.block_id"],
        name="fk_annotation_version_id_document_block",
        ondelete="RESTRICT",
    ),
    CheckConstraint("(parent_id IS NULL) = (purpose IS NOT NULL)", name="purpose_on_roots"),
    Index("ix_annotation_document_id_at", "document_id", "at", "id"),
    Index("ix_annotation_parent_id_at", "parent_id", "at", "id"),
    Index("ix_annotation_version_id", "version_id"),
)

anchor = Table(
    "anchor",
    METADATA,
    Column("annotation_id", Uuid, ForeignKey("annotation.id", ondelete="RESTRICT"), primary_key=True),
    Column("version_id", Uuid, ForeignKey("document_version.id", ondelete="RESTRICT"), primary_key=True),
    Column("outcome", String(10), nullable=False),  # placed, relocated, ambiguous, orphaned
    Column("block_id", Uuid),  # None for the whole document, and without a place
    Column("start", Integer),
    Column("end", Integer),
    Column("score", Float),
    Column("nearest", Uuid),  # without a place: the block that stands where it stood
    ForeignKeyConstraint(
        ["version_id", "block_id"],
        ["document_block.version_id", "document_block.block_id"],
        name="fk_anchor_version_id_document_block",
        ondelete="RESTRICT",
    ),
    Index("ix_anchor_version_id_block_id", "version_id", "block_id"),
)

disposition = Table(
    "disposition",
    METADATA,
    Column("annotation_id", Uuid, ForeignKey("annotation.id", ondelete="RESTRICT"), primary_key=True),
    Column("document_id", Uuid, ForeignKey("document.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("outcome", String(16), nullable=False),  # accepted, accepted_in_part, not_accepted, noted, answered
    Column("reason", Json),
    Column("change_version_id", Uuid, ForeignKey("document_version.id", ondelete="RESTRICT")),
    Column("change_block_id", Uuid),  # a block of that version; a draft may still lose it
    Column("decided_by", String(64), nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("published_at", Instant),
)
