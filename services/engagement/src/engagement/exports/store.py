"""Every query of an export. A part of a file is one range of keys, read in order."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, select

from chassis.database import Transaction
from engagement.exports.model import Variant
from engagement.processes.tools import Dataset


def count(tx: Transaction, of: Dataset, process_id: UUID, variant: Variant) -> int:
    """How many rows the whole file has."""
    chosen = of.rows.where(*_conditions(of, process_id, variant)).with_only_columns(of.key).subquery()
    return int(tx.execute(select(func.count()).select_from(chosen)).scalar_one())


def end_of_part(
    tx: Transaction, of: Dataset, process_id: UUID, variant: Variant, after: UUID | None, limit: int
) -> UUID | None:
    """The key of the last row of a part when more rows follow; None when the part is the last."""
    wanted = [*_conditions(of, process_id, variant), *([of.key > after] if after else [])]
    two = of.rows.with_only_columns(of.key).where(*wanted).order_by(of.key).offset(limit - 1).limit(2)
    keys = list(tx.execute(two).scalars())
    return keys[0] if len(keys) == 2 else None


def rows(
    tx: Transaction, of: Dataset, process_id: UUID, variant: Variant, after: UUID | None, to: UUID | None
) -> Iterator[RowMapping]:
    """In the order of their keys, from after one to another, both open when None."""
    wanted = _conditions(of, process_id, variant)
    wanted += [of.key > after] if after else []
    wanted += [of.key <= to] if to else []
    return tx.stream(of.rows.where(*wanted).order_by(of.key))


def _conditions(of: Dataset, process_id: UUID, variant: Variant) -> list[ColumnElement[bool]]:
    return [of.process_id == process_id, *([of.shown] if variant is Variant.PUBLIC else [])]
