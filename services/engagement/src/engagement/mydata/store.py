"""Every query about a person's own contributions, of whichever kind."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, func, literal, select, tuple_, union_all, update

from chassis.database import Transaction
from engagement.contributions import Channel, Kind, Status
from engagement.mydata.model import Contribution
from engagement.processes import tools
from engagement.processes.tools import Taken
from engagement.receipts.store import shred
from engagement.tables import METADATA, process, process_log

_TYPED = [each for each in METADATA.sorted_tables if {"participant_id", "entered_by"} <= set(each.columns.keys())]
_SHOWN = ("id", "process_id", "channel", "ladder_step", "status", "at")


def titles(tx: Transaction, process_ids: Iterable[UUID]) -> dict[UUID, tuple[str, dict[str, str]]]:
    """`{process: (slug, title)}` in one statement."""
    query = select(process.c.id, process.c.slug, process.c.title).where(process.c.id.in_(list(process_ids)))
    return {row.id: (row.slug, row.title) for row in tx.execute(query)}


def page(
    tx: Transaction, participant_ids: Collection[UUID], after: tuple[datetime, UUID] | None, limit: int
) -> list[Contribution]:
    """What these participations contributed, newest first: one statement, and one more a kind for what was said."""
    if not participant_ids:
        return []
    own = _ledgers(participant_ids).subquery()
    query = select(own, process_log.c.code).join(process_log, process_log.c.contribution_id == own.c.id, isouter=True)
    if after is not None:
        query = query.where(tuple_(own.c.at, own.c.id) < after)
    rows = tx.execute(query.order_by(own.c.at.desc(), own.c.id.desc()).limit(limit)).all()
    said = _said(tx, [(row.kind, row.id) for row in rows])
    return [
        Contribution(
            Kind(row.kind),
            row.id,
            row.process_id,
            Channel(row.channel),
            row.ladder_step,
            Status(row.status),
            row.at,
            row.code,
            said.get(row.id, {}),
        )
        for row in rows
    ]


def counted(tx: Transaction, participant_id: UUID) -> dict[str, int]:
    """How many of each kind count."""
    own = _ledgers([participant_id]).subquery()
    query = select(own.c.kind, func.count().label("number")).where(own.c.status == Status.COUNTED).group_by(own.c.kind)
    return {row.kind: row.number for row in tx.execute(query)}


def author(tx: Transaction, kind: Kind, contribution_id: UUID) -> UUID | None:
    """The participation that a contribution is of; None for an office's."""
    ledger = tools.taken(kind).ledger
    row = tx.execute(ledger.where(ledger.selected_columns.id == contribution_id)).first()
    found: UUID | None = row.participant_id if row else None
    return found


def erase(tx: Transaction, kind: Kind, contribution_id: UUID) -> bool:
    """Whether there were words to erase. Nobody proves afterwards what was said."""
    words = tools.taken(kind).words
    if words is None:
        return False
    words.erase(tx, contribution_id)
    shred(tx, contribution_id)
    return True


def forget_typist(tx: Transaction, participant_id: UUID) -> None:
    """Contributions keep their actor key and forget who typed them."""
    for table in _TYPED:
        tx.execute(update(table).where(table.c.participant_id == participant_id).values(entered_by=""))


def _ledgers(participant_ids: Collection[UUID]) -> CompoundSelect[Any]:
    return union_all(*(_ledger(taken, participant_ids) for taken in tools.all_taken()))


def _ledger(of: Taken, participant_ids: Collection[UUID]) -> Select[Any]:
    kind, columns = literal(str(of.kind)).label("kind"), of.ledger.selected_columns
    chosen = of.ledger.with_only_columns(kind, *(columns[name] for name in _SHOWN))
    return chosen.where(columns.participant_id.in_(list(participant_ids)))


def _said(tx: Transaction, wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, dict[str, Any]]:
    by_kind: dict[str, list[UUID]] = {}
    for kind, contribution_id in wanted:
        by_kind.setdefault(kind, []).append(contribution_id)
    said: dict[UUID, dict[str, Any]] = {}
    for kind, ids in by_kind.items():
        if words := tools.taken(Kind(kind)).words:
            rows = tx.execute(words.said.where(words.said.selected_columns.id.in_(ids))).mappings()
            said |= {row["id"]: {str(name): value for name, value in row.items() if name != "id"} for row in rows}
    return said
