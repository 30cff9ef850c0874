"""A mesh of nothing but platform tables: what a backup has to keep together, without the blocks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.broker.embedded import EmbeddedLog
from chassis.database import Database
from chassis.tables import PLATFORM
from mesh import secrets
from mesh.layout import Layout

KEPT = ("engagement", "messaging", "gateway")  # its processes


@dataclass
class Small:
    """Its databases and its log."""

    layout: Layout

    @contextmanager
    def database(self, name: str) -> Iterator[Database]:
        with closing(Database(self.layout.database(name))) as database:
            yield database

    def ids(self, name: str, column: sa.Column[UUID]) -> list[UUID]:
        with self.database(name) as database, database.reading() as tx:
            return list(tx.execute(sa.select(column)).scalars())

    def logged(self) -> set[str]:
        with closing(sqlite3.connect(self.layout.state / "events" / "events.db")) as log:
            return {key for (key,) in log.execute("SELECT key FROM event")}


def filled(layout: Layout) -> Small:
    """With secrets and empty tables."""
    secrets.ensure(layout)
    EmbeddedLog(str(layout.state / "events")).close()
    for process in KEPT:
        with Small(layout).database(process) as database:
            PLATFORM.create_all(database.engine)
    return Small(layout)
