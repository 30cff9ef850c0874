"""What a database holds sealed, sealed again with the key that seals now.

A block's `tables.py` says where: `Column(…, info={"sealed": "account.display_name"})` is the column's place, in which
`{names}` of other columns stand for their values; `METADATA.info["sealed_in_jobs"]` is `{member: place}` of payloads.
With `"evidence": True` the sealed bytes themselves are chained in a log: they stay, and so must the key that opens
them.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, MetaData, RowMapping, Table, literal, select, tuple_, update

from chassis.database import Database, Transaction
from chassis.sealing import Sealer
from chassis.tables import job

_PAGE = 200  # rows a transaction: others wait for no more than these


@dataclass(frozen=True, slots=True)
class Outcome:
    """`resealed` values were sealed again; `bound` are evidence that an older key alone opens."""

    resealed: int
    bound: int


def reseal(database: Database, metadata: MetaData, sealer: Sealer) -> dict[str, Outcome]:
    """What became of each column, `{table.column: outcome}`. Interrupted, it goes on where it stopped; the processes of
    the block may run meanwhile. Raises Unsealable for a value that no key opens."""
    done = {
        f"{table.name}.{column.name}": _column(database, table, column, sealer)
        for table in metadata.sorted_tables
        for column in table.columns
        if "sealed" in column.info
    }
    return done | {f"job.payload.{name}": _jobs(database, name, place, sealer) for name, place in _in_jobs(metadata)}


def _in_jobs(metadata: MetaData) -> list[tuple[str, str]]:
    found: dict[str, str] = metadata.info.get("sealed_in_jobs", {})
    return list(found.items())


def _column(database: Database, table: Table, column: Column[Any], sealer: Sealer) -> Outcome:
    key = tuple_(*table.primary_key.columns)
    rows = select(table).where(column.is_not(None)).order_by(*table.primary_key.columns).limit(_PAGE)
    done, after = 0, rows
    while True:
        with database.transaction() as tx:
            page = tx.execute(after.with_for_update()).mappings().all()
            done += sum(_row(tx, table, column, row, sealer) for row in page)
        if not page:
            return Outcome(0, done) if column.info.get("evidence") else Outcome(done, 0)
        last = [(page[-1][each.name], each) for each in table.primary_key.columns]
        after = rows.where(key > tuple_(*(literal(value, each.type) for value, each in last)))


def _row(tx: Transaction, table: Table, column: Column[Any], row: RowMapping, sealer: Sealer) -> int:
    again = sealer.resealed(bytes(row[column.name]), column.info["sealed"].format_map(row))
    if again is None:
        return 0
    if column.info.get("evidence"):
        return 1
    its = [each == row[each.name] for each in table.primary_key.columns]
    tx.change_one(update(table).where(*its).values({column.name: again}))
    return 1


def _jobs(database: Database, member: str, place: str, sealer: Sealer) -> Outcome:
    done = 0
    with database.reading() as tx:
        names = tx.execute(select(job.c.id).where(job.c.state != "done")).scalars().all()
    for name in names:
        with database.transaction() as tx:
            row = tx.execute(select(job).where(job.c.id == name).with_for_update()).mappings().one()
            if member not in row["payload"]:  # another kind of job, or done meanwhile
                continue
            again = sealer.resealed(b64decode(row["payload"][member]), place)
            if again is not None:
                payload = row["payload"] | {member: b64encode(again).decode()}
                tx.execute(update(job).where(job.c.id == name).values(payload=payload))
                done += 1
    return Outcome(done, 0)
