"""Every query about officials. Their names are sealed at rest."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.sealing import Sealer
from engagement.officials.model import Official, UnknownOfficial
from engagement.tables import official

_PLACE = "official.display_name"
_FIND = select(official)


def save(tx: Transaction, introduced: Official, at: datetime, sealer: Sealer) -> Official:
    """The official under her subject; what she said of herself before is replaced, her id stays."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    said = {"display_name": sealer.seal(introduced.display_name, _PLACE), "unit": introduced.unit}
    row = {"id": introduced.id, "subject": introduced.subject, "introduced_at": at, **said}
    once = dialect.insert(official).values(row).on_conflict_do_update(index_elements=["subject"], set_=said)
    return _official(tx.execute(once.returning(official)).mappings().one(), sealer)


def find(tx: Transaction, official_id: UUID, sealer: Sealer) -> Official:
    """Raises UnknownOfficial."""
    row = tx.execute(_FIND.where(official.c.id == official_id)).mappings().first()
    if row is None:
        raise UnknownOfficial("Nobody has introduced herself under this id.")
    return _official(row, sealer)


def of_subjects(tx: Transaction, subjects: Iterable[str], sealer: Sealer) -> list[Official]:
    """Those of these subjects who are known, first to last."""
    wanted = sorted(set(subjects))
    rows = tx.execute(_FIND.where(official.c.subject.in_(wanted)).order_by(official.c.introduced_at, official.c.id))
    return [_official(row, sealer) for row in rows.mappings()]


def page(
    tx: Transaction, after: tuple[datetime, UUID] | None, limit: int, sealer: Sealer
) -> list[tuple[Official, datetime]]:
    """First to last, each with the instant of her introduction."""
    query = _FIND.order_by(official.c.introduced_at, official.c.id).limit(limit)
    if after is not None:
        query = query.where(tuple_(official.c.introduced_at, official.c.id) > after)
    return [(_official(row, sealer), row["introduced_at"]) for row in tx.execute(query).mappings()]


def _official(row: RowMapping, sealer: Sealer) -> Official:
    return Official(row["id"], row["subject"], sealer.open(row["display_name"], _PLACE), row["unit"])
