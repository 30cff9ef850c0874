"""Every query of the running figures. They are folded in batches, by one process at a time: a batch costs the same
number of statements however many contributions it holds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Table, and_, bindparam, delete, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.contributions import Status
from engagement.monitoring.model import OFFICE, Activity, Alert, Cell, Day
from engagement.processes import tools
from engagement.processes.model import State
from engagement.tables import (
    activity,
    activity_actor,
    activity_answer,
    activity_due,
    activity_newcomers,
    activity_seen,
    activity_spread,
    participation_alert,
    process,
)

_PROCESS = bindparam("process_id", type_=activity.c.process_id.type)
_CELL = [activity.c[name] for name in ("kind", "channel", "ladder_step", "facet", "status")]
_CELLS = (
    select(*_CELL, func.sum(activity.c.number).label("number"))
    .where(activity.c.process_id == _PROCESS)
    .group_by(*_CELL)
)
_COUNTED = func.sum(activity.c.number).filter(activity.c.status == Status.COUNTED)
_NEWCOMERS = (
    select(activity_newcomers.c.actors)
    .where(activity_newcomers.c.process_id == _PROCESS, activity_newcomers.c.day == activity.c.day)
    .scalar_subquery()
)
_DAYS = (
    select(
        activity.c.day,
        func.coalesce(_COUNTED, 0).label("contributions"),
        func.coalesce(_NEWCOMERS, 0).label("newcomers"),
    )
    .where(activity.c.process_id == _PROCESS)
    .group_by(activity.c.day)
    .order_by(activity.c.day)
)
_SPREAD = select(activity_spread.c.number, activity_spread.c.actors).where(
    activity_spread.c.process_id == _PROCESS, activity_spread.c.actors > 0
)


class Seen(NamedTuple):
    """What was folded of a contribution."""

    process_id: UUID
    kind: str
    actor_key: str
    channel: str
    ladder_step: int
    facet: str
    status: str
    day: date

    @property
    def cell(self) -> tuple[Any, ...]:
        """The key of the row of `activity` in which it is counted."""
        return self.process_id, self.day, self.kind, self.channel, self.ladder_step, self.facet, self.status


def note(tx: Transaction, kind: str, contribution_id: UUID) -> None:
    """The contribution is new, or changed; a second time before it is folded changes nothing."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(activity_due).on_conflict_do_nothing(index_elements=["contribution_id"])
    tx.execute(once, {"contribution_id": contribution_id, "kind": kind})


def fold(tx: Transaction, limit: int) -> int:
    """Bring the figures up to so many contributions that changed; how many there were."""
    due = {row.contribution_id: row.kind for row in tx.execute(select(activity_due).limit(limit))}
    if not due:
        return 0
    # first out of the queue, then read: what changes from here on queues anew
    tx.execute(delete(activity_due).where(activity_due.c.contribution_id.in_(due)))
    before, after = _seen(tx, due), _now(tx, due)
    cells = Counter[tuple[Any, ...]]()
    cells.update(seen.cell for seen in after.values())
    cells.subtract(seen.cell for seen in before.values())
    tx.execute(delete(activity_seen).where(activity_seen.c.contribution_id.in_(due)))
    if after:
        rows = [{"contribution_id": each, **seen._asdict()} for each, seen in after.items()]
        tx.execute(insert(activity_seen), rows)
    _add(tx, activity, "number", cells)
    _fold_actors(tx, {(seen.process_id, seen.actor_key) for seen in (*before.values(), *after.values())})
    return len(due)


def of_process(tx: Transaction, process_id: UUID) -> Activity:
    """Three statements, whatever was contributed."""
    its = {"process_id": process_id}
    return Activity(
        cells=tuple(Cell(**row) for row in tx.execute(_CELLS, its).mappings() if row["number"]),
        days=tuple(Day(**row) for row in tx.execute(_DAYS, its).mappings()),
        spread={row.number: row.actors for row in tx.execute(_SPREAD, its)},
    )


def add_answer(tx: Transaction, process_id: UUID, days: int, *, in_time: bool) -> None:
    """A contribution got its published answer, so many days after it came."""
    _add(tx, activity_answer, "number", {(process_id, days, int(in_time)): 1})


def answers(tx: Transaction, process_id: UUID) -> dict[tuple[int, bool], int]:
    """`{(days to the answer, whether in time): how many}`."""
    rows = tx.execute(select(activity_answer).where(activity_answer.c.process_id == process_id))
    return {(row.days, bool(row.in_time)): row.number for row in rows}


def open_processes(tx: Transaction) -> list[UUID]:
    """Those that take contributions, in the order of their ids."""
    its = select(process.c.id).where(process.c.state == State.OPEN).order_by(process.c.id)
    return list(tx.execute(its).scalars())


def last_day(tx: Transaction, process_id: UUID) -> date | None:
    """The day of the newest contribution that counts."""
    its = (activity.c.process_id == process_id) & (activity.c.status == Status.COUNTED) & (activity.c.number > 0)
    found: date | None = tx.execute(select(func.max(activity.c.day)).where(its)).scalar()
    return found


def add_alert(tx: Transaction, process_id: UUID, alert: Alert, at: datetime) -> bool:
    """False when this occasion was told already."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(participation_alert).on_conflict_do_nothing(index_elements=["process_id", "mark"])
    row = {
        "process_id": process_id,
        "mark": alert.mark,
        "reason": alert.reason,
        "participants": alert.participants,
        "expected": alert.expected,
        "at": at,
    }
    return tx.execute(once.returning(participation_alert.c.mark), row).first() is not None


def alerts(tx: Transaction, process_id: UUID, limit: int) -> list[tuple[Alert, datetime]]:
    """Newest first."""
    query = select(participation_alert).where(participation_alert.c.process_id == process_id)
    newest = query.order_by(participation_alert.c.at.desc(), participation_alert.c.mark).limit(limit)
    return [(Alert(row.reason, row.mark, row.participants, row.expected), row.at) for row in tx.execute(newest)]


def _seen(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, Seen]:
    rows = tx.execute(select(activity_seen).where(activity_seen.c.contribution_id.in_(list(ids))))
    return {row.contribution_id: Seen(**{name: getattr(row, name) for name in Seen._fields}) for row in rows}


def _now(tx: Transaction, due: Mapping[UUID, str]) -> dict[UUID, Seen]:
    """The contributions as their tools have them: at most two statements a kind."""
    found: dict[UUID, Seen] = {}
    for kind in sorted(set(due.values())):
        taken = tools.find(kind)
        if taken is None:
            continue
        ids = [contribution_id for contribution_id, its in due.items() if its == kind]
        facets: dict[UUID, str | None] = {}
        if taken.facet is not None:
            chosen = taken.facet.where(taken.facet.selected_columns.id.in_(ids))
            facets = {row.id: row.facet for row in tx.execute(chosen)}
        for row in tx.execute(taken.ledger.where(taken.ledger.selected_columns.id.in_(ids))):
            found[row.id] = Seen(
                row.process_id,
                kind,
                row.actor_key,
                row.channel,
                row.ladder_step,
                facets.get(row.id) or "",
                row.status,
                row.at.date(),
            )
    return found


def _fold_actors(tx: Transaction, actors: Iterable[tuple[UUID, str]]) -> None:
    """Count these actors anew; offices are none."""
    people = [(process_id, key) for process_id, key in actors if not key.startswith(OFFICE)]
    if not people:
        return
    held, counted = _held(tx, people), _counted(tx, people)
    spread, newcomers = Counter[tuple[Any, ...]](), Counter[tuple[Any, ...]]()
    for rows, change in ((held, -1), (counted, 1)):
        for row in rows:
            spread[row.process_id, row.number] += change
            newcomers[row.process_id, row.first_day] += change
    tx.execute(delete(activity_actor).where(_are(activity_actor, people)))
    if counted:
        tx.execute(insert(activity_actor), [dict(row._mapping) for row in counted])
    _add(tx, activity_spread, "actors", spread)
    _add(tx, activity_newcomers, "actors", newcomers)


def _held(tx: Transaction, people: Sequence[tuple[UUID, str]]) -> Sequence[Row[Any]]:
    return tx.execute(select(activity_actor).where(_are(activity_actor, people))).all()


def _counted(tx: Transaction, people: Sequence[tuple[UUID, str]]) -> Sequence[Row[Any]]:
    key = (activity_seen.c.process_id, activity_seen.c.actor_key)
    numbers = func.count().label("number"), func.min(activity_seen.c.day).label("first_day")
    their = select(*key, *numbers).where(_are(activity_seen, people), activity_seen.c.status == Status.COUNTED)
    return tx.execute(their.group_by(*key)).all()


def _are(table: Table, people: Sequence[tuple[UUID, str]]) -> ColumnElement[bool]:
    by_process: dict[UUID, list[str]] = {}
    for process_id, key in people:
        by_process.setdefault(process_id, []).append(key)
    return or_(
        *(
            and_(table.c.process_id == process_id, table.c.actor_key.in_(keys))
            for process_id, keys in by_process.items()
        )
    )


def _add(tx: Transaction, table: Table, number: str, changes: Mapping[tuple[Any, ...], int]) -> None:
    """Add to a counted column; the keys are the table's primary key, in the order of its columns."""
    names: Sequence[str] = [column.name for column in table.primary_key]
    rows = [dict(zip(names, key, strict=True)) | {number: change} for key, change in changes.items() if change]
    if not rows:
        return
    dialect = sqlite if tx.database.is_sqlite else postgresql
    added = dialect.insert(table)
    upsert = added.on_conflict_do_update(
        index_elements=list(names), set_={number: table.c[number] + added.excluded[number]}
    )
    tx.execute(upsert, rows)
