"""Surveys, every revision of them, their pictures and quotas, and the responses."""

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

survey = Table(
    "survey",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("title", Json, nullable=False),
    Column("introduction", Json),
    Column("definition", Json, nullable=False),  # of the latest revision
    Column("state", String(10), nullable=False),  # draft, published, closed
    Column("revision", Integer, nullable=False),  # 0 before publication; counts the texts that were put right since
    Column("settings", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("published_at", Instant),
    Index("ix_survey_process_id_created_at", "process_id", "created_at", "id"),
)

survey_revision = Table(
    "survey_revision",
    METADATA,
    Column("survey_id", Uuid, ForeignKey("survey.id", ondelete="RESTRICT"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("definition", Json, nullable=False),  # what people were asked; kept for ever
    Column("at", Instant, nullable=False),
)

survey_quota = Table(
    "survey_quota",
    METADATA,
    Column("survey_id", Uuid, ForeignKey("survey.id", ondelete="RESTRICT"), primary_key=True),
    Column("quota", String(40), primary_key=True),  # its id in the definition
    Column("taken", Integer, nullable=False),  # counted responses that meet its condition
)

survey_picture = Table(
    "survey_picture",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("survey_id", Uuid, ForeignKey("survey.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("media_type", String(20), nullable=False),
    Column("content", LargeBinary, nullable=False),  # of an option, which names the picture and describes it
    Column("at", Instant, nullable=False),
)

response = Table(
    "response",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("survey_id", Uuid, ForeignKey("survey.id", ondelete="RESTRICT"), nullable=False),
    Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), nullable=False),
    Column("participant_id", Uuid, ForeignKey("participant.id", ondelete="RESTRICT")),  # None: without an account
    Column("actor_key", String(64), nullable=False),  # one response an actor: the unique index has the last word
    Column("channel", String(8), nullable=False),
    Column("ladder_step", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("state", String(10), nullable=False),  # started, submitted
    Column("revision", Integer, nullable=False),  # of the survey that was answered
    Column("language", String(35)),
    Column("answers", Json, nullable=False),  # {question id: value}, as submitted
    Column("unsent", Json),  # {question id: value}, saved and not submitted (again) yet; None: nothing waits
    Column("contribution_id", Uuid),  # its name in the process log, another with each submission; None: not submitted
    Column("weight", Float),  # None: counts as one
    Column("profile", Json),  # bands of the person's attributes as they were at submission: {attribute: band}
    Column("started_at", Instant, nullable=False),
    Column("at", Instant, nullable=False),  # submitted last; saved last before that
    Column("version", Integer, nullable=False),
    Index("uq_response_survey_id_actor_key", "survey_id", "actor_key", unique=True),
    Index("ix_response_survey_id_at", "survey_id", "at", "id"),
    Index("ix_response_contribution_id", "contribution_id", unique=True),
    Index("ix_response_participant_id", "participant_id"),
    CheckConstraint("state = 'started' OR contribution_id IS NOT NULL", name="submitted_is_logged"),
)
