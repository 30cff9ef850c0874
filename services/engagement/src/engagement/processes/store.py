"""Every query about processes and phases."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, bindparam, delete, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.contributions import Kind
from engagement.phases.model import Phase, PhaseKind, PhaseState
from engagement.processes.model import Limits, Process, SlugTaken, State
from engagement.strategy import schemas as strategies
from engagement.tables import phase, process

Row = Mapping[Any, Any]  # keys of a row are names or columns
_PROCESS = select(process)
_WITH_PHASES = (
    select(process, *(column.label(f"phase_{column.name}") for column in phase.columns))
    .join(phase, phase.c.process_id == process.c.id, isouter=True)
    .where(process.c.id == bindparam("process_id"))
    .order_by(phase.c.ordinal)
)
_THIS = select(process.c.id).where(process.c.id == bindparam("process_id"))
# locked first, read then: a statement that waits for a lock sees the process as it became, and its phases as they were
_TO_CHANGE = _THIS.with_for_update(key_share=True)
_HELD = _THIS.with_for_update(read=True)
_PHASES = select(phase).order_by(phase.c.process_id, phase.c.ordinal)
_INSERT = insert(process)
_INSERT_PHASE = insert(phase)


def find(tx: Transaction, process_id: UUID) -> Process:
    """Raises NotFound."""
    rows = tx.execute(_WITH_PHASES, {"process_id": process_id}).mappings().all()
    if not rows:
        raise NotFound("There is no such process.")
    names = [(column.name, f"phase_{column.name}") for column in phase.columns]
    phases = [{name: row[label] for name, label in names} for row in rows if row["phase_id"] is not None]
    return _process(rows[0], phases)


def find_to_change(tx: Transaction, process_id: UUID) -> Process:
    """Nobody else changes or holds it until the transaction ends. Raises NotFound."""
    tx.execute(_TO_CHANGE, {"process_id": process_id})
    return find(tx, process_id)


def find_held(tx: Transaction, process_id: UUID) -> Process:
    """It stays as it is until the transaction ends; others may hold it too. Raises NotFound."""
    tx.execute(_HELD, {"process_id": process_id})
    return find(tx, process_id)


def slug(tx: Transaction, process_id: UUID) -> str:
    """The process's slug, which its reference numbers begin with."""
    return str(tx.execute(select(process.c.slug).where(process.c.id == process_id)).scalar_one())


def find_by_phase(tx: Transaction, phase_id: UUID) -> Process | None:
    """The process that has this phase; None when no process has (any more)."""
    row = tx.execute(select(phase.c.process_id).where(phase.c.id == phase_id)).first()
    return find(tx, row.process_id) if row else None


def page(
    tx: Transaction, states: Sequence[State], slug: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[Process]:
    """Newest first; two statements however many there are."""
    chosen = _PROCESS.where(process.c.state.in_(states)).order_by(process.c.created_at.desc(), process.c.id.desc())
    if slug is not None:
        chosen = chosen.where(process.c.slug == slug)
    if after is not None:
        chosen = chosen.where(tuple_(process.c.created_at, process.c.id) < after)
    rows = tx.execute(chosen.limit(limit)).mappings().all()
    phases: dict[UUID, list[Row]] = {}
    for row in tx.execute(_PHASES.where(phase.c.process_id.in_([row["id"] for row in rows]))).mappings():
        phases.setdefault(row["process_id"], []).append(row)
    return [_process(row, phases.get(row["id"], ())) for row in rows]


def add(tx: Transaction, added: Process) -> None:
    """A new draft. Raises SlugTaken."""
    with _own_slug(tx):
        tx.execute(_INSERT, _row(added))
    _add_phases(tx, added)


def save_draft(tx: Transaction, changed: Process) -> None:
    """A draft with its phases, to which nothing refers yet. Raises Stale, SlugTaken."""
    with _own_slug(tx):
        save(tx, changed)
    tx.execute(delete(phase).where(phase.c.process_id == changed.id))
    _add_phases(tx, changed)


def save(tx: Transaction, changed: Process) -> None:
    """The process without its phases, over the version before. Raises Stale."""
    before = (process.c.id == changed.id) & (process.c.version == changed.version - 1)
    tx.change_one(update(process).where(before).values(_row(changed)))


def save_phase(tx: Transaction, process_id: UUID, changed: Phase) -> None:
    """One phase's instants and state."""
    its = (phase.c.id == changed.id) & (phase.c.process_id == process_id)
    values = {"opens_at": changed.opens_at, "closes_at": changed.closes_at, "state": changed.state}
    tx.change_one(update(phase).where(its).values(values | _texts(changed)))


def save_texts(tx: Transaction, changed: Process) -> None:
    """The process over the version before, and the texts of its phases. Raises Stale."""
    save(tx, changed)
    rows = [{"phase_id": each.id, **_texts(each)} for each in changed.phases]
    if rows:
        tx.execute(update(phase).where(phase.c.id == bindparam("phase_id")), rows)


@contextmanager
def _own_slug(tx: Transaction) -> Iterator[None]:
    """The unique index has the last word on slugs."""
    try:
        with tx.savepoint():
            yield
    except IntegrityError:
        raise SlugTaken("Another process has this slug.") from None


def _add_phases(tx: Transaction, added: Process) -> None:
    rows = [_phase_row(added.id, ordinal, each) for ordinal, each in enumerate(added.phases)]
    if rows:
        tx.execute(_INSERT_PHASE, rows)


def _row(of: Process) -> dict[str, Any]:
    return {
        "id": of.id,
        "slug": of.slug,
        "title": of.title,
        "summary": of.summary,
        "languages": of.languages,
        "area": of.area,
        "categories": of.categories,
        "strategy": strategies.kept(of.strategy),
        "limits": asdict(of.limits),
        "data_agreement_id": of.data_agreement_id,
        "state": of.state,
        "author": of.author,
        "approved_by": of.approved_by,
        "version": of.version,
        "created_at": of.created_at,
        "roles": of.roles,
        "published_at": of.published_at,
        "review_note": of.review_note,
        "cancelled_because": of.cancelled_because,
    }


def _phase_row(process_id: UUID, ordinal: int, of: Phase) -> dict[str, Any]:
    return {
        "id": of.id,
        "process_id": process_id,
        "ordinal": ordinal,
        "opens_at": of.opens_at,
        "closes_at": of.closes_at,
        "accepts": sorted(of.accepts),
        "state": of.state,
        "kind": of.kind,
        "may_overlap": of.may_overlap,
        "grace_minutes": of.grace_minutes,
        "hides_results": of.hides_results,
        **_texts(of),
    }


def _texts(of: Phase) -> dict[str, Any]:
    return {"title": of.title, "announcement": of.announcement}


def _process(row: RowMapping, phases: Iterable[Row]) -> Process:
    values = {column.name: row[column.name] for column in process.columns} | {
        "strategy": strategies.restored(row["strategy"]),
        "limits": Limits(**row["limits"]),
        "state": State(row["state"]),
        "phases": tuple(_phase(each) for each in phases),
    }
    return Process(**values)


def _phase(row: Row) -> Phase:
    return Phase(
        id=row["id"],
        title=row["title"],
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
        accepts=frozenset(Kind(kind) for kind in row["accepts"]),
        state=PhaseState(row["state"]),
        kind=PhaseKind(row["kind"]),
        may_overlap=row["may_overlap"],
        grace_minutes=row["grace_minutes"],
        hides_results=row["hides_results"],
        announcement=row["announcement"],
    )
