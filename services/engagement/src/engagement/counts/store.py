"""Every query of the counts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.counts.model import ProcessCounts
from engagement.tables import process_counts, proposal_counts

NONE = ProcessCounts()


def of_process(tx: Transaction, process_id: UUID) -> ProcessCounts:
    """Zeros for a process that has none."""
    return of_processes(tx, [process_id])[process_id]


def of_processes(tx: Transaction, process_ids: Sequence[UUID]) -> dict[UUID, ProcessCounts]:
    """One statement for a page of them."""
    rows = tx.execute(select(process_counts).where(process_counts.c.process_id.in_(process_ids)))
    found = {row.process_id: ProcessCounts(row.proposals, row.comments, row.endorsements) for row in rows}
    return {process_id: found.get(process_id, NONE) for process_id in process_ids}


def add_to_process(tx: Transaction, process_id: UUID, **by: int) -> None:
    """Add to the named counts of a process."""
    _add(tx, process_counts, {"process_id": process_id}, by)


def add_to_proposal(tx: Transaction, proposal_id: UUID, process_id: UUID, **by: int) -> None:
    """Add to the named counts of a proposal."""
    _add(tx, proposal_counts, {"proposal_id": proposal_id, "process_id": process_id}, by)


def _add(tx: Transaction, table: Table, key: dict[str, UUID], by: dict[str, int]) -> None:
    dialect = sqlite if tx.database.is_sqlite else postgresql
    first = next(iter(key))
    zeros = {column.name: 0 for column in table.columns if column.name not in key}
    tx.execute(dialect.insert(table).on_conflict_do_nothing(index_elements=[first]), key | zeros)
    added = {name: table.c[name] + amount for name, amount in by.items()}
    tx.execute(update(table).where(table.c[first] == key[first]).values(added))
