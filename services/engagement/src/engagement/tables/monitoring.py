"""Running figures of monitoring, all of them folded from the contributions themselves."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from chassis.columns import Instant, Uuid
from engagement.tables.base import METADATA


def _process() -> Column[object]:
    return Column("process_id", Uuid, ForeignKey("process.id", ondelete="RESTRICT"), primary_key=True)


activity_due = Table(
    "activity_due",
    METADATA,
    Column("contribution_id", Uuid, primary_key=True),  # one that changed since it was last folded
    Column("kind", String(12), nullable=False),
)

activity_seen = Table(
    "activity_seen",
    METADATA,
    Column("contribution_id", Uuid, primary_key=True),
    Column("process_id", Uuid, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("actor_key", String(64), nullable=False),
    Column("channel", String(8), nullable=False),
    Column("ladder_step", Integer, nullable=False),
    Column("facet", String(16), nullable=False),  # "" where its kind has none
    Column("status", String(12), nullable=False),
    Column("day", Date, nullable=False),
    Index("ix_activity_seen_process_id_actor_key", "process_id", "actor_key"),
)

activity = Table(
    "activity",
    METADATA,
    _process(),
    Column("day", Date, primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("channel", String(8), primary_key=True),
    Column("ladder_step", Integer, primary_key=True, autoincrement=False),
    Column("facet", String(16), primary_key=True),
    Column("status", String(12), primary_key=True),
    Column("number", Integer, nullable=False),
)

activity_actor = Table(
    "activity_actor",
    METADATA,
    _process(),
    Column("actor_key", String(64), primary_key=True),
    Column("number", Integer, nullable=False),  # contributions that count
    Column("first_day", Date, nullable=False),
)

activity_spread = Table(
    "activity_spread",
    METADATA,
    _process(),
    Column("number", Integer, primary_key=True, autoincrement=False),  # contributions that count
    Column("actors", Integer, nullable=False),  # how many actors have so many
)

activity_newcomers = Table(
    "activity_newcomers",
    METADATA,
    _process(),
    Column("day", Date, primary_key=True),
    Column("actors", Integer, nullable=False),  # whose first contribution that counts is of this day
)

activity_answer = Table(
    "activity_answer",
    METADATA,
    _process(),
    Column("days", Integer, primary_key=True, autoincrement=False),  # from a contribution to its published answer
    Column("in_time", Integer, primary_key=True, autoincrement=False),  # 1: by the date that was promised
    Column("number", Integer, nullable=False),
)

participation_alert = Table(
    "participation_alert",
    METADATA,
    _process(),
    Column("mark", String(60), primary_key=True),  # the occasion: told once
    Column("reason", String(8), nullable=False),
    Column("participants", Integer, nullable=False),
    Column("expected", Integer),
    Column("at", Instant, nullable=False),
)
