"""What somebody sees and does who holds the database itself: for tests that look for a secret or break a chain."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.database import Database
from chassis.local.postgres import Postgres

_DEFAULTS: dict[type, Any] = {str: "x", int: 1, bool: True, bytes: b"x", UUID: UUID(int=1)}
_BESIDE: dict[type, Callable[[Any], Any]] = {
    bool: lambda value: not value,  # before int, which it is
    int: lambda value: value + 1000,
    UUID: lambda value: UUID(int=value.int ^ 1),
    datetime: lambda value: value + timedelta(microseconds=1),
    bytes: lambda value: value[:-1] + bytes([value[-1] ^ 1]),
    list: lambda value: [*value, "x"],
    dict: lambda value: {**value, "x": 1},
    str: lambda value: value[:-1] + chr(ord(value[-1]) ^ 1),
}


class Intruder:
    """One connection past the block: every statement is its own transaction, foreign keys are not enforced. A row is
    known by where it lies, since any of its columns may be altered."""

    def __init__(self, connection: sa.Connection, place: str) -> None:
        self._connection, self._place = connection, place

    def run(self, statement: str, **values: Any) -> Any:
        """Plain SQL; its rows, or None when it has none."""
        done = self._connection.execute(sa.text(statement), values)
        return done.all() if done.returns_rows else None

    def ends(self, table: sa.Table) -> list[Any]:
        """The places of the first and the last row."""
        [(first, last)] = self.run(f"SELECT min({self._place}), max({self._place}) FROM {table.name}")  # noqa: S608 - names of our own
        return sorted({first, last})

    def value(self, column: sa.Column[Any], row: Any) -> Any:
        """What stands in a column of a row."""
        return self._connection.execute(sa.select(column).where(self._is(row))).scalar_one()

    def write(self, column: sa.Column[Any], row: Any, value: Any) -> Any:
        """Put a value there; the place of the row after that."""
        changed = sa.update(column.table).where(self._is(row)).values({column: value})
        return self._connection.execute(changed.returning(sa.literal_column(self._place))).scalar_one()

    @contextmanager
    def without(self, table: sa.Table, row: Any) -> Iterator[None]:
        """The row is gone until the block ends."""
        where = f"FROM {table.name} WHERE {self._is(row)}"  # names of our own
        self.run(f"CREATE TEMP TABLE aside AS SELECT * {where}")
        self.run(f"DELETE {where}")
        yield
        self.run(f"INSERT INTO {table.name} SELECT * FROM aside")  # noqa: S608 - as above
        self.run("DROP TABLE aside")

    def _is(self, row: Any) -> sa.TextClause:
        return sa.text(f"{self._place} = '{row}'")


@contextmanager
def intruder(database: Database) -> Iterator[Intruder]:
    """Somebody past the block."""
    engine = sa.create_engine(database.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET session_replication_role = replica")  # a replica checks no foreign keys
        yield Intruder(connection, "rowid" if database.is_sqlite else "ctid")


def altered(column: sa.Column[Any], value: Any) -> Any:
    """One step beside, and still of the column's type."""
    if value is None:
        return _DEFAULTS[column.type.python_type]
    return next(step(value) for kind, step in _BESIDE.items() if isinstance(value, kind))


def destroy(database: Database) -> None:
    """The database is no database any more."""
    database.close()
    if database.is_sqlite:
        file = Path(database.url.database or "")
        for path in file.parent.glob(f"{file.name}*"):
            path.unlink()
        file.write_bytes(b"no database" * 1000)
    else:
        Postgres(os.environ["POSTGRES_URL"]).drop(database.url.database or "")


def everything(database: Database) -> bytes:
    """All that lies in the database, to look for what must not: the files of SQLite, every row of PostgreSQL."""
    if database.is_sqlite:
        file = Path(database.url.database or "")
        return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")) if path.is_file())
    with database.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        rows = [row for name in names for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]  # noqa: S608 - as above
    return b"\0".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
