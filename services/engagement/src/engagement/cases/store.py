"""Every query about cases. A page of the queue costs one statement for cases, one for each kind of text, and one each
for reasons and findings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, case, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.cases.model import Case, Report, Subject, Waiting, place
from engagement.contributions import Kind
from engagement.processes import tools
from engagement.processes.model import Text
from engagement.rulebook.model import Filter, Rule
from engagement.tables import finding, moderation_case, report

_CASE = select(moderation_case)
_PLACE = tuple_(moderation_case.c.place, moderation_case.c.opened_at, moderation_case.c.contribution_id)
After = tuple[int, datetime, UUID] | None


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


def add_findings(tx: Transaction, process_id: UUID, subject: Subject, struck: Sequence[Filter], at: datetime) -> None:
    """A contribution is screened once; a second time nothing changes."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(finding).on_conflict_do_nothing(index_elements=["contribution_id", "filter"])
    about = {"contribution_id": subject.id, "process_id": process_id, "at": at}
    tx.execute(once, [about | {"filter": each} for each in struck])


def opened(tx: Transaction, process_id: UUID, subject: Subject, severity: int, reports: int, at: datetime) -> Case:
    """The contribution waits from now on; one that waits already waits with so many reports more. Writers of one case
    wait for each other here."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    waits = moderation_case.c.settled_at.is_(None)
    first = dialect.insert(moderation_case).values(
        contribution_id=subject.id,
        process_id=process_id,
        kind=subject.kind,
        reports=reports,
        severity=severity,
        place=place(severity, reports),
        opened_at=at,
    )
    again = {
        "reports": case((waits, moderation_case.c.reports + reports), else_=reports),
        "severity": case((waits & (moderation_case.c.severity > severity), moderation_case.c.severity), else_=severity),
        "opened_at": case((waits, moderation_case.c.opened_at), else_=at),
        "settled_at": None,
    }
    upsert = first.on_conflict_do_update(index_elements=["contribution_id"], set_=again)
    found = _case(tx.execute(upsert.returning(*moderation_case.columns)).one())
    _change(tx, subject, place=place(found.severity, found.reports))
    return found


def find(tx: Transaction, subject: Subject) -> Case | None:
    """None when it never waited. Locks the case, so that two moderators do not meet in it."""
    row = tx.execute(_CASE.where(moderation_case.c.contribution_id == subject.id).with_for_update()).first()
    return _case(row) if row else None


def hold(tx: Transaction, subject: Subject, at: datetime) -> None:
    """It is out of sight until a moderator decides."""
    _change(tx, subject, held_at=at)


def settle(tx: Transaction, subject: Subject, at: datetime) -> None:
    """A moderator has acted on the contribution; nothing waits any more."""
    for table in (report, finding):
        its = (table.c.contribution_id == subject.id) & table.c.settled_at.is_(None)
        tx.execute(update(table).where(its).values(settled_at=at))
    _change(tx, subject, settled_at=at, held_at=None)


def queue(tx: Transaction, process_id: UUID, after: After, limit: int) -> list[Waiting]:
    """What waits for a moderator: what does most harm first, then most reported, then longest waiting."""
    query = _CASE.where(moderation_case.c.process_id == process_id, moderation_case.c.settled_at.is_(None))
    if after is not None:
        query = query.where(after < _PLACE)
    ordered = query.order_by(
        moderation_case.c.place, moderation_case.c.opened_at, moderation_case.c.contribution_id
    ).limit(limit)
    cases = [_case(row) for row in tx.execute(ordered)]
    texts = _texts(tx, [each.subject for each in cases])
    named, struck = _open(tx, report, "reason", cases), _open(tx, finding, "filter", cases)
    return [
        Waiting(
            each,
            texts.get(each.subject.id, {}),
            [Rule(name) for name in named.get(each.subject.id, ())],
            [Filter(name) for name in struck.get(each.subject.id, ())],
        )
        for each in cases
    ]


def _texts(tx: Transaction, subjects: Sequence[Subject]) -> dict[UUID, Text]:
    texts: dict[UUID, Text] = {}
    for kind in sorted({subject.kind for subject in subjects}):
        wanted = [subject.id for subject in subjects if subject.kind == kind]
        query = tools.moderated(kind).text
        texts |= {row.id: row.text for row in tx.execute(query.where(query.selected_columns.id.in_(wanted)))}
    return texts


def _open(tx: Transaction, table: Table, name: str, cases: Sequence[Case]) -> dict[UUID, list[str]]:
    its = table.c.contribution_id.in_([each.subject.id for each in cases]) & table.c.settled_at.is_(None)
    query = select(table.c.contribution_id, table.c[name].label("name")).where(its).distinct().order_by(table.c[name])
    found: dict[UUID, list[str]] = {}
    for row in tx.execute(query):
        found.setdefault(row.contribution_id, []).append(row.name)
    return found


def _change(tx: Transaction, subject: Subject, **values: object) -> None:
    its = moderation_case.c.contribution_id == subject.id
    tx.execute(update(moderation_case).where(its).values(values))


def _case(row: Any) -> Case:  # Any: a row of cases
    subject = Subject(Kind(row.kind), row.contribution_id)
    return Case(subject, row.process_id, row.reports, row.severity, row.opened_at, row.held_at, row.settled_at)
