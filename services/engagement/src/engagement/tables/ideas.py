"""What grows around a proposal: former texts, pictures, amendments; rules and thresholds of support; what
similar titles are found by.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

proposal_text = Table(  # every text of a proposal that was changed after its publication, the first one too
    "proposal_text",
    METADATA,
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", Json, nullable=False),
    Column("cause", String(10), nullable=False),  # submitted, edited, amended
    Column("amendment_id", Uuid),  # whose text it took
    Column("at", Instant, nullable=False),
)

picture_file = Table(  # a picture as it is served; its words stand in the proposal
    "picture_file",
    METADATA,
    Column("picture_id", Uuid, primary_key=True),
    Column("name", String(12), primary_key=True),  # thumb.webp, thumb.jpg, large.webp, large.jpg
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)

amendment = Table(
    "amendment",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), nullable=False),
    Column("participant_id", Uuid, ForeignKey("participant.id", ondelete="RESTRICT"), nullable=False),
    Column("actor_key", String(64), nullable=False),
    Column("channel", String(8), nullable=False),
    Column("ladder_step", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("hidden_reason", Text),
    Column("title", Json, nullable=False),  # as proposed; a text that is not changed is the proposal's
    Column("summary", Json),
    Column("body", Json),
    Column("rationale", Json, nullable=False),
    Column("base", Integer, nullable=False),  # the number of the text that it changes
    Column("state", String(10), nullable=False),  # evaluating, accepted, rejected, withdrawn, promoted
    Column("reason", Json),  # of the authors
    Column("promoted_id", Uuid),  # the proposal that it became
    Column("decided_at", Instant),
    Column("at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_amendment_proposal_id_at", "proposal_id", "at", "id"),
    Index("ix_amendment_participant_id", "participant_id"),
)

proposal_rules = Table(
    "proposal_rules",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), primary_key=True),
    Column("settings", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

threshold_reached = Table(  # once a proposal, and for ever
    "threshold_reached",
    METADATA,
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("needed", Integer, nullable=False),  # supporters
    Column("counted", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

title_sketch = Table(  # titles by the least hashes of their trigrams; alike titles share many
    "title_sketch",
    METADATA,
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), primary_key=True),
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("proposal_id", Uuid, ForeignKey("proposal.id", ondelete="RESTRICT"), primary_key=True),
    Index("ix_title_sketch_proposal_id", "proposal_id"),
)

similar_outcome = Table(  # what people did who were shown similar ideas; nobody's name is beside it
    "similar_outcome",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("outcome", String(18), nullable=False),  # shown, supported_instead, continued
    Column("at", Instant, nullable=False),
    Index("ix_similar_outcome_process_id_outcome", "process_id", "outcome"),
)

comment_favour = Table(  # a reader who finds a comment helpful; it orders comments and counts for nothing else
    "comment_favour",
    METADATA,
    Column("comment_id", Uuid, ForeignKey("comment.id", ondelete="RESTRICT"), primary_key=True),
    Column("actor_key", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)
