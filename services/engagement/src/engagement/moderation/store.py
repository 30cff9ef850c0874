"""Every query about the moderation log, labels and authors."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.cases.model import Subject
from engagement.contributions import Kind
from engagement.moderation.model import Action, Author, Context, Entry, Label, Month
from engagement.processes import tools
from engagement.rulebook.model import Rule
from engagement.tables import appeal, context_label, moderation, moderation_head, participant

_ENTRY = select(moderation, appeal.c.state.label("appeal")).join(
    appeal, appeal.c.entry_id == moderation.c.id, isouter=True
)
_PLACE = tuple_(moderation.c.at, moderation.c.id)
_LABEL_PLACE = tuple_(context_label.c.at, context_label.c.id)
_STANDS = context_label.c.removed_at.is_(None)
MONTHS_SHOWN = 36
After = tuple[datetime, UUID] | None


def add(tx: Transaction, added: Entry) -> Entry:
    """The log only grows: the entry in its place of the chain. Writers of one log wait for each other here."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    first = dialect.insert(moderation_head).values(process_id=added.process_id, number=1, digest="")
    counted = first.on_conflict_do_update(
        index_elements=["process_id"], set_={"number": moderation_head.c.number + 1}
    ).returning(moderation_head.c.number, moderation_head.c.digest)
    head = tx.execute(counted).one()
    entry = added.chained(head.number, head.digest)
    its = moderation_head.c.process_id == entry.process_id
    tx.execute(update(moderation_head).where(its).values(digest=entry.digest))
    row = {
        "id": entry.id,
        "process_id": entry.process_id,
        "kind": entry.subject.kind,
        "contribution_id": entry.subject.id,
        "action": entry.action,
        "rule": entry.rule,
        "reason": entry.reason,
        "by": entry.by,
        "at": entry.at,
        "number": entry.number,
        "month": entry.at.astimezone(UTC).strftime("%Y-%m"),
        "digest": entry.digest,
    }
    tx.execute(insert(moderation), row)
    return entry


def find(tx: Transaction, entry_id: UUID) -> Entry:
    """Raises NotFound."""
    row = tx.execute(_ENTRY.where(moderation.c.id == entry_id)).first()
    if row is None:
        raise NotFound("There is no such entry.")
    return _entry(row)


def page(tx: Transaction, process_id: UUID, after: After, limit: int) -> list[Entry]:
    """Newest first."""
    query = _ENTRY.where(moderation.c.process_id == process_id)
    if after is not None:
        query = query.where(after > _PLACE)
    query = query.order_by(moderation.c.at.desc(), moderation.c.id.desc()).limit(limit)
    return [_entry(row) for row in tx.execute(query)]


def months(tx: Transaction, process_id: UUID) -> list[Month]:
    """Newest first, at most MONTHS_SHOWN; acts and appeals are counted in the month of the act."""
    number = func.count().label("number")
    its = moderation.c.process_id == process_id
    acts = select(moderation.c.month, moderation.c.action, number).where(its)
    decided = select(moderation.c.month, appeal.c.state, number).join(appeal, appeal.c.entry_id == moderation.c.id)
    by_month: dict[str, dict[str, int]] = {}
    for row in tx.execute(acts.group_by(moderation.c.month, moderation.c.action)):
        by_month.setdefault(row.month, {})[row.action] = row.number
    states: dict[str, dict[str, int]] = {}
    decided = decided.where(its, appeal.c.state != "open").group_by(moderation.c.month, appeal.c.state)
    for row in tx.execute(decided):
        states.setdefault(row.month, {})[row.state] = row.number
    shown = sorted(by_month, reverse=True)[:MONTHS_SHOWN]
    return [
        Month(each, by_month[each], sum(states.get(each, {}).values()), states.get(each, {}).get("overturned", 0))
        for each in shown
    ]


def add_label(tx: Transaction, added: Label) -> None:
    """The one label of a contribution; the one before was removed."""
    row = {
        "id": added.id,
        "process_id": added.process_id,
        "kind": added.subject.kind,
        "contribution_id": added.subject.id,
        "entry_id": added.entry_id,
        "words": added.context.words,
        "source": added.context.source,
        "at": added.at,
    }
    tx.execute(insert(context_label), row)


def remove_label(tx: Transaction, subject: Subject, at: datetime) -> UUID | None:
    """The process of the label that stood there; None without one."""
    its = (context_label.c.contribution_id == subject.id) & _STANDS
    removed = update(context_label).where(its).values(removed_at=at).returning(context_label.c.process_id)
    found: UUID | None = tx.execute(removed).scalar()
    return found


def labels(tx: Transaction, process_id: UUID, about: UUID | None, after: After, limit: int) -> list[Label]:
    """Newest first; of one contribution, or of all."""
    query = select(context_label).where(context_label.c.process_id == process_id, _STANDS)
    if about is not None:
        query = query.where(context_label.c.contribution_id == about)
    if after is not None:
        query = query.where(after > _LABEL_PLACE)
    ordered = query.order_by(context_label.c.at.desc(), context_label.c.id.desc()).limit(limit)
    return [_label(row) for row in tx.execute(ordered)]


def author(tx: Transaction, subject: Subject) -> Author | None:
    """Who is to hear of an act; None for what an office or a meeting brought."""
    ledger = tools.taken(subject.kind).ledger
    its = ledger.where(ledger.selected_columns.id == subject.id).subquery()
    query = select(participant.c.id, participant.c.recipient, participant.c.language)
    row = tx.execute(query.join(its, its.c.participant_id == participant.c.id)).first()
    return Author(row.id, row.recipient, row.language) if row else None


def _entry(row: Row[Any]) -> Entry:
    subject = Subject(Kind(row.kind), row.contribution_id)
    done = Action(row.action), Rule(row.rule), row.reason, row.by, row.at
    return Entry(row.id, row.process_id, subject, *done, row.number, row.digest, row.appeal)


def _label(row: Row[Any]) -> Label:
    subject = Subject(Kind(row.kind), row.contribution_id)
    return Label(row.id, row.process_id, subject, row.entry_id, Context(row.words, row.source), row.at)
