"""Every query about facts and rumours."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, tuple_, update

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.facts.model import Answer, FactBox, Rumour, RumourStatus, Source
from engagement.tables import fact_box, rumour

_PLACE = tuple_(rumour.c.at, rumour.c.id)


def latest(tx: Transaction, process_id: UUID) -> FactBox | None:
    """None while there are no facts."""
    found = versions(tx, process_id, None, 1)
    return found[0] if found else None


def versions(tx: Transaction, process_id: UUID, before: int | None, limit: int) -> list[FactBox]:
    """Newest first; those before a number."""
    query = select(fact_box).where(fact_box.c.process_id == process_id)
    if before is not None:
        query = query.where(fact_box.c.number < before)
    return [_box(row) for row in tx.execute(query.order_by(fact_box.c.number.desc()).limit(limit))]


def add_box(tx: Transaction, added: FactBox) -> None:
    """The next version."""
    row = {name: getattr(added, name) for name in ("process_id", "number", "body", "by", "at")}
    tx.execute(insert(fact_box), row | {"sources": _spelled(added.sources)})


def rumours(tx: Transaction, process_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> list[Rumour]:
    """The current version of each, newest first."""
    query = select(rumour).where(rumour.c.process_id == process_id, rumour.c.current)
    if after is not None:
        query = query.where(after > _PLACE)
    return [_rumour(row) for row in tx.execute(query.order_by(rumour.c.at.desc(), rumour.c.id.desc()).limit(limit))]


def find_rumour(tx: Transaction, rumour_id: UUID) -> Rumour:
    """Its current version. Raises NotFound."""
    row = tx.execute(select(rumour).where(rumour.c.id == rumour_id, rumour.c.current)).first()
    if row is None:
        raise NotFound("There is no such rumour.")
    return _rumour(row)


def add_rumour(tx: Transaction, added: Rumour) -> None:
    """The first version, or one in the place of the current. Raises Stale when another took that place."""
    if added.number > 1:
        before = (rumour.c.id == added.id) & (rumour.c.number == added.number - 1) & rumour.c.current
        tx.change_one(update(rumour).where(before).values(current=False))
    row = {name: getattr(added, name) for name in ("id", "number", "process_id", "claim", "by", "at")}
    answer = {"status": added.answer.status, "answer": added.answer.words, "sources": _spelled(added.answer.sources)}
    tx.execute(insert(rumour), row | answer | {"current": True})


def _spelled(sources: Sequence[Source]) -> list[dict[str, str]]:
    return [asdict(each) for each in sources]


def _sources(row: Row[Any]) -> tuple[Source, ...]:
    return tuple(Source(**each) for each in row.sources)


def _box(row: Row[Any]) -> FactBox:
    return FactBox(row.process_id, row.number, row.body, _sources(row), row.by, row.at)


def _rumour(row: Row[Any]) -> Rumour:
    answer = Answer(RumourStatus(row.status), row.answer, _sources(row))
    return Rumour(row.id, row.number, row.process_id, row.claim, answer, row.by, row.at)
