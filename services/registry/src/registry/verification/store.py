"""Every query of the verification: entries, their versions and the log beside each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from sqlalchemy import and_, exists, select

from chassis.database import Transaction
from registry.access_log.model import Action
from registry.data.model import Stored
from registry.tables import access_log, access_log_entry, entry, entry_version

_CHANGES = (Action.CREATED, Action.AMENDED, Action.DELETED)
_STORED = (
    entry_version.c.entry_id,
    entry_version.c.version,
    entry_version.c.schema_number,
    entry_version.c.content,
    entry_version.c.sealed,
    entry_version.c.deleted,
    entry_version.c.at,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """A change in the log with the version that it made; `stored` is None when that is gone."""

    entry_id: UUID
    version: int
    state: str
    owner: str | None
    stored: Stored | None


@dataclass(frozen=True, slots=True)
class Named:
    """The entries of a row of the log: as it has them, as its index has them, and whether the owners still agree."""

    number: int
    logged: list[str]
    indexed: list[str]
    same_owners: bool


def changes(tx: Transaction) -> Iterator[Beside]:
    """Every change that the log knows, a thousand in memory at a time."""
    query = (
        select(access_log.c.version.label("logged"), access_log.c.state, access_log_entry.c.entry_id.label("about"))
        .add_columns(entry.c.owner, *_STORED)
        .join(access_log_entry, access_log_entry.c.number == access_log.c.number)
        .outerjoin(entry, entry.c.id == access_log_entry.c.entry_id)
        .outerjoin(
            entry_version,
            and_(
                entry_version.c.entry_id == access_log_entry.c.entry_id,
                entry_version.c.version == access_log.c.version,
            ),
        )
        .where(access_log.c.action.in_(_CHANGES))
        .order_by(access_log.c.number)
    )
    for row in tx.stream(query):
        stored = Stored(**{column.name: row[column.name] for column in _STORED}) if row["entry_id"] else None
        yield Beside(row["about"], row["logged"], row["state"], row["owner"], stored)


def unlogged_version(tx: Transaction) -> UUID | None:
    """An entry with a version that the log does not know; None when it knows all."""
    its = exists().where(
        access_log_entry.c.entry_id == entry_version.c.entry_id,
        access_log.c.number == access_log_entry.c.number,
        access_log.c.version == entry_version.c.version,
    )
    row = tx.execute(select(entry_version.c.entry_id).where(~its).limit(1)).first()
    return row.entry_id if row else None


def not_at_latest(tx: Transaction) -> UUID | None:
    """An entry that does not stand at its latest version or does not say whether it is deleted; None when all do."""
    stands = exists().where(
        entry_version.c.entry_id == entry.c.id,
        entry_version.c.version == entry.c.version,
        entry_version.c.deleted == entry.c.deleted,
    )
    later = exists().where(entry_version.c.entry_id == entry.c.id, entry_version.c.version > entry.c.version)
    row = tx.execute(select(entry.c.id).where(~stands | later).limit(1)).first()
    return row.id if row else None


def named(tx: Transaction) -> Iterator[Named]:
    """Every row of the log with the entries that its index names, by number."""
    same = access_log_entry.c.owner.is_not_distinct_from(entry.c.owner)
    query = (
        select(access_log.c.number, access_log.c.entries, access_log_entry.c.entry_id, same.label("same"))
        .outerjoin(access_log_entry, access_log_entry.c.number == access_log.c.number)
        .outerjoin(entry, entry.c.id == access_log_entry.c.entry_id)
        .order_by(access_log.c.number)
    )
    for number, group in groupby(tx.stream(query), key=itemgetter("number")):
        rows = list(group)
        indexed = [row for row in rows if row["entry_id"] is not None]
        yield Named(
            number=number,
            logged=sorted(rows[0]["entries"]),
            indexed=sorted(str(row["entry_id"]) for row in indexed),
            same_owners=all(row["same"] for row in indexed),
        )
