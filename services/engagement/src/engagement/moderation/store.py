"""Every query about reports and the moderation log."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.contributions import Kind
from engagement.moderation.model import Action, Entry, Report, Rule, Subject, Waiting
from engagement.processes import tools
from engagement.processes.model import Text
from engagement.tables import moderation, report

_INSERT = insert(moderation)
_PLACE = tuple_(moderation.c.at, moderation.c.id)
_OPEN = report.c.settled_at.is_(None)
QUEUE_SHOWN = 100


def add_report(tx: Transaction, added: Report) -> bool:
    """False when the person has reported it already: the unique index has the last word."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = {
        "id": added.id,
        "process_id": added.process_id,
        "kind": added.subject.kind,
        "contribution_id": added.subject.id,
        "actor_key": added.actor_key,
        "reason": added.reason,
        "note": added.note,
        "at": added.at,
    }
    once = dialect.insert(report).on_conflict_do_nothing(index_elements=["contribution_id", "actor_key"])
    return tx.execute(once.returning(report.c.id), row).first() is not None


def open_reports(tx: Transaction, subject: Subject) -> int:
    """How many wait for a moderator."""
    its = select(func.count()).select_from(report).where(report.c.contribution_id == subject.id, _OPEN)
    return int(tx.execute(its).scalar_one())


def settle(tx: Transaction, subject: Subject, at: datetime) -> None:
    """A moderator has acted on the contribution; nothing waits any more."""
    tx.execute(update(report).where(report.c.contribution_id == subject.id, _OPEN).values(settled_at=at))


def queue(tx: Transaction, process_id: UUID) -> list[Waiting]:
    """What waits for a moderator, most reported first, longest waiting first among equals."""
    number, since = func.count().label("number"), func.min(report.c.at).label("since")
    grouped = (
        select(report.c.kind, report.c.contribution_id, number, since)
        .where(report.c.process_id == process_id, _OPEN)
        .group_by(report.c.kind, report.c.contribution_id)
        .order_by(number.desc(), since, report.c.contribution_id)
        .limit(QUEUE_SHOWN)
    )
    rows = tx.execute(grouped).all()
    subjects = [Subject(Kind(row.kind), row.contribution_id) for row in rows]
    texts, reasons = _texts(tx, subjects), _reasons(tx, subjects)
    return [
        Waiting(subject, texts[subject.id], row.number, reasons[subject.id])
        for subject, row in zip(subjects, rows, strict=True)
    ]


def add(tx: Transaction, added: Entry) -> None:
    """The log only grows."""
    row = {
        "id": added.id,
        "process_id": added.process_id,
        "kind": added.subject.kind,
        "contribution_id": added.subject.id,
        "action": added.action,
        "rule": added.rule,
        "reason": added.reason,
        "by": added.by,
        "at": added.at,
    }
    tx.execute(_INSERT, row)


def page(tx: Transaction, process_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> list[Entry]:
    """Newest first."""
    query = select(moderation).where(moderation.c.process_id == process_id)
    if after is not None:
        query = query.where(after > _PLACE)
    query = query.order_by(moderation.c.at.desc(), moderation.c.id.desc()).limit(limit)
    return [_entry(row) for row in tx.execute(query)]


def _texts(tx: Transaction, subjects: Sequence[Subject]) -> dict[UUID, Text]:
    texts: dict[UUID, Text] = {}
    for kind in {subject.kind for subject in subjects}:
        wanted = [subject.id for subject in subjects if subject.kind == kind]
        query = tools.moderated(kind).text
        texts |= {row.id: row.text for row in tx.execute(query.where(query.selected_columns.id.in_(wanted)))}
    return texts


def _reasons(tx: Transaction, subjects: Iterable[Subject]) -> dict[UUID, list[str]]:
    its = report.c.contribution_id.in_([subject.id for subject in subjects]) & _OPEN
    query = select(report.c.contribution_id, report.c.reason).where(its).distinct().order_by(report.c.reason)
    reasons: dict[UUID, list[str]] = {}
    for row in tx.execute(query):
        reasons.setdefault(row.contribution_id, []).append(row.reason)
    return reasons


def _entry(row: Any) -> Entry:  # Any: a row of the log
    subject = Subject(Kind(row.kind), row.contribution_id)
    return Entry(row.id, row.process_id, subject, Action(row.action), Rule(row.rule), row.reason, row.by, row.at)
