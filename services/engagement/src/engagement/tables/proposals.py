"""Proposals and the support for them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

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
    Column("place", Json),  # {name, latitude, longitude}; None is the whole area
    Column("cost", Json),  # {amount, currency, estimatedBy}
    Column("pictures", Json),  # [{id, alt, width, height}] in their order; None is none
    Column("display", String(10), nullable=False, server_default="name"),  # name, pseudonym, anonymous
    Column("pseudonym", LargeBinary, info={"sealed": "proposal.pseudonym"}),  # None once shredded
    Column("state", String(10), nullable=False),  # draft, published, withdrawn, hidden
    Column("status", String(12), nullable=False),
    Column("hidden_reason", Text),
    Column("verification", String(8), nullable=False),  # pending, valid, invalid
    Column("verified_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("published_at", Instant),
    Column("edited_at", Instant),
    Column("withdrawn_at", Instant),
    Column("text_number", Integer, nullable=False, server_default="1"),  # of the text that stands
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
