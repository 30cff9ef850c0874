"""All tables of engagement. Locks are taken in this order: process, phase, proposal, comment.

Texts are `{language: text}`. `status` says how a contribution counts: pending, counted, withdrawn, hidden, invalidated.
Personal data (a display name) is sealed in a column of its own, so that it can be shredded and nothing else changes.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

from chassis.columns import Instant, Json, Uuid, metadata

METADATA: MetaData = metadata()
METADATA.info["sealed_in_jobs"] = {"contact": "join.contact"}

process = Table(
    "process",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("slug", String(80), nullable=False, unique=True),
    Column("title", Json, nullable=False),
    Column("summary", Json),
    Column("languages", Json, nullable=False),  # the first is the one that others fall back to
    Column("area", Json),
    Column("categories", Json, nullable=False),
    Column("strategy", Json, nullable=False),
    Column("limits", Json, nullable=False),
    Column("data_agreement_id", String(80)),  # of the consent block
    Column("state", String(12), nullable=False),
    Column("author", String(64), nullable=False),  # the official who drafted it; she never approves it
    Column("approved_by", String(64)),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
)

phase = Table(
    "phase",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("title", Json, nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("accepts", Json, nullable=False),
    Column("state", String(8), nullable=False),  # as the scheduler told: planned, open, closed
)

numbering = Table(
    "numbering",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id"), primary_key=True),
    Column("last", Integer, nullable=False),  # last reference number given in the process
)

participant = Table(
    "participant",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("subject", String(64), nullable=False),  # pairwise: means nothing to another block
    Column("display_name", LargeBinary, info={"sealed": "participant.display_name"}),  # None once shredded
    Column("language", String(35)),
    Column("state", String(10), nullable=False),  # joining, joined, withdrawn
    Column("consent_record_id", String(64)),
    Column("recipient", String(64)),  # the registry entry that knows the address; None without one
    Column("joined_at", Instant, nullable=False),
    Index("uq_participant_process_id_subject", "process_id", "subject", unique=True),
)

proposal = Table(
    "proposal",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("number", Integer),  # given at submission
    Column("participant_id", Uuid, ForeignKey("participant.id", ondelete="RESTRICT")),  # None: an office or a meeting
    Column("entered_by", String(64), nullable=False),  # who typed it in: the author herself or an official
    Column("actor_key", String(64), nullable=False),
    Column("channel", String(8), nullable=False),
    Column("ladder_step", Integer, nullable=False),
    Column("meeting", String(120)),
    Column("title", Json, nullable=False),
    Column("summary", Json),
    Column("body", Json),
    Column("search", Text, nullable=False),  # title and summary in all languages, folded, to look words up in
    Column("category", String(80)),
    Column("tags", Json, nullable=False),
    Column("state", String(10), nullable=False),  # draft, published, withdrawn, hidden
    Column("status", String(12), nullable=False),
    Column("hidden_reason", Text),
    Column("verification", String(8), nullable=False),  # pending, valid, invalid
    Column("verified_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("published_at", Instant),
    Column("version", Integer, nullable=False),
    Index("ix_proposal_process_id_state_published_at", "process_id", "state", "published_at", "id"),
    Index("uq_proposal_process_id_number", "process_id", "number", unique=True),
    Index("ix_proposal_participant_id", "participant_id"),
)

endorsement = Table(
    "endorsement",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), nullable=False),
    Column("actor_key", String(64), nullable=False),  # one support an actor: the unique index has the last word
    Column("participant_id", Uuid, ForeignKey("participant.id", ondelete="RESTRICT"), nullable=False),
    Column("channel", String(8), nullable=False),
    Column("ladder_step", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("at", Instant, nullable=False),
    Index("uq_endorsement_proposal_id_actor_key", "proposal_id", "actor_key", unique=True),
    Index("ix_endorsement_participant_id_proposal_id", "participant_id", "proposal_id"),
)

comment = Table(
    "comment",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), nullable=False),
    Column("participant_id", Uuid, ForeignKey("participant.id", ondelete="RESTRICT")),
    Column("entered_by", String(64), nullable=False),
    Column("actor_key", String(64), nullable=False),
    Column("parent_id", Uuid, ForeignKey("comment.id", ondelete="RESTRICT")),
    Column("root_id", Uuid, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("body", Json, nullable=False),
    Column("position", String(10)),  # in_favour, neutral, against; roots only
    Column("channel", String(8), nullable=False),
    Column("ladder_step", Integer, nullable=False),
    Column("state", String(8), nullable=False),  # visible, hidden
    Column("status", String(12), nullable=False),
    Column("hidden_reason", Text),
    Column("at", Instant, nullable=False),
    Index("ix_comment_proposal_id_depth_at", "proposal_id", "depth", "at", "id"),
    Index("ix_comment_root_id_at", "root_id", "at", "id"),
    CheckConstraint("position IS NULL OR depth = 0", name="position_on_roots"),
)

process_log = Table(
    "process_log",
    METADATA,
    Column("code", String(23), primary_key=True),  # what the receipt shows
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False, unique=True),
    Column("channel", String(8), nullable=False),
    Column("content_hash", String(64), nullable=False),  # salted, so that a short text cannot be guessed
    Column("salt", String(32)),  # shredded with the text; the leaf stays valid
    Column("leaf", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

proposal_counts = Table(
    "proposal_counts",
    METADATA,
    Column("proposal_id", Uuid, primary_key=True),
    Column("process_id", Uuid, nullable=False, index=True),
    Column("endorsements", Integer, nullable=False),
    Column("comments", Integer, nullable=False),
    Column("in_favour", Integer, nullable=False),
    Column("neutral", Integer, nullable=False),
    Column("against", Integer, nullable=False),
    Column("without_position", Integer, nullable=False),
)

process_counts = Table(
    "process_counts",
    METADATA,
    Column("process_id", Uuid, primary_key=True),
    Column("proposals", Integer, nullable=False),
    Column("comments", Integer, nullable=False),
    Column("endorsements", Integer, nullable=False),
)

report = Table(
    "report",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False),
    Column("actor_key", String(64), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("note", Text),
    Column("settled_at", Instant),  # when a moderator acted on the contribution
    Column("at", Instant, nullable=False),
    Index("uq_report_contribution_id_actor_key", "contribution_id", "actor_key", unique=True),
)

moderation = Table(
    "moderation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False),
    Column("action", String(8), nullable=False),  # hide, restore
    Column("rule", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_moderation_process_id_at", "process_id", "at", "id"),
)

decision = Table(
    "decision",
    METADATA,
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("outcome", String(16), nullable=False),
    Column("reason_code", String(20), nullable=False),
    Column("reason", Json),
    Column("decided_by", String(64), nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("published_at", Instant),  # None: internal still
)

notice = Table(
    "notice",
    METADATA,
    Column("message_id", String(64), primary_key=True),  # of the messaging block
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
)

import_exception = Table(
    "import_exception",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("contribution_id", Uuid, nullable=False),
    Column("limit", String(12), nullable=False),
    Column("allowed", Integer, nullable=False),
    Column("actual", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

audit = Table(
    "audit",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("action", String(40), nullable=False),  # what an official did, in the past tense
    Column("about", String(64), nullable=False),
    Column("by", String(64), nullable=False),
    Column("reason", Text),
    Column("at", Instant, nullable=False),
)
