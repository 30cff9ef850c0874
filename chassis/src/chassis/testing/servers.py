"""Real servers under the suites: with `POSTGRES_URL` in the environment every app of a test has a PostgreSQL database
of its own, with `KAFKA_URL` the brokers' suite runs on Apache Kafka too. `python -m chassis.local` sets both.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from chassis import ids, migrations
from chassis.database import Database
from chassis.local.postgres import Postgres

Migrate = Callable[[Database], None]

_SHAPE = """
SELECT hashtext(string_agg(part, ' ' ORDER BY part)) FROM (
    SELECT relname || attname || atttypid || attnotnull FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT tgrelid || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT conrelid || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
) AS parts (part)
"""
_TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_SEQUENCES = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'"
_free: dict[tuple[str, Migrate | None], list["_Database"]] = {}


FIXTURES = frozenset({"database_url", "empty_url", "kafka", "address"})  # what a test asks for that wants a server


def at_hand() -> bool:
    """Whether these tests run on servers."""
    return "POSTGRES_URL" in os.environ or "KAFKA_URL" in os.environ


def brokers() -> list[str]:
    """The kinds of broker that tests can have here."""
    return ["embedded", "kafka"] if "KAFKA_URL" in os.environ else ["embedded"]


@contextmanager
def database(folder: Path, package: str, migrate: Migrate | None = None) -> Iterator[str]:
    """Address of an empty database with the package's newest tables, for one test. `migrate` stands for the package's
    migrations where it has none of its own."""
    if "POSTGRES_URL" not in os.environ:
        folder.mkdir(exist_ok=True)
        (folder / "block.db").write_bytes(_file(package, migrate))
        yield f"sqlite:///{folder / 'block.db'}"
        return
    free = _free.setdefault((package, migrate), [])
    mine = free.pop() if free else _made(package, migrate)
    yield mine.url
    if mine.emptied():
        free.append(mine)
    else:
        Postgres(os.environ["POSTGRES_URL"]).drop(mine.name)


@dataclass(frozen=True)
class _Database:
    """A database whose tables are as they were migrated: a test leaves it empty for the next. Making one costs half a
    second, emptying it ten milliseconds."""

    name: str
    url: str
    shape: int
    empty: str  # the statements that empty it

    def emptied(self) -> bool:
        """Whether the next test can have it; not if a table was changed, or is still held."""
        with suppress(sa.exc.OperationalError), _connected(self.url) as connection:
            connection.exec_driver_sql("SET lock_timeout = '1s'")
            if connection.exec_driver_sql(_SHAPE).scalar() == self.shape:
                connection.exec_driver_sql(self.empty)
                return True
        return False


def _made(package: str, migrate: Migrate | None) -> _Database:
    name = f"test-{ids.code(1, 16).lower()}"
    url = Postgres(os.environ["POSTGRES_URL"]).create(name, _template(package, migrate))
    with _connected(url) as connection:
        deletes = [f"DELETE FROM {table}" for (table,) in connection.exec_driver_sql(_TABLES)]  # noqa: S608 - our own tables
        restarts = [f"ALTER SEQUENCE {sequence} RESTART" for (sequence,) in connection.exec_driver_sql(_SEQUENCES)]
        shape = connection.exec_driver_sql(_SHAPE).scalar_one()
    # a replica checks no foreign keys, so that the order of the tables does not matter
    return _Database(name, url, shape, ";".join(["SET session_replication_role = replica", *deletes, *restarts]))


@contextmanager
def _connected(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        yield connection


def no_tables(_: Database) -> None:
    """What stands for migrations where a test brings its own."""


@cache
def _file(package: str, migrate: Migrate | None) -> bytes:
    """A migrated SQLite database: many tables take half a second, which is paid once a package and test process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "block.db"
        path.touch()  # who migrates nothing makes no file
        _bring(f"sqlite:///{path}", package, migrate)
        return path.read_bytes()


@cache
def _template(package: str, migrate: Migrate | None) -> str:
    """Migrating takes a second: once a package and test process."""
    name = f"template-{package}-{os.getpid()}"
    _bring(Postgres(os.environ["POSTGRES_URL"]).create(name), package, migrate)
    return name


def _bring(url: str, package: str, migrate: Migrate | None) -> None:
    database = Database(url)
    if migrate is None:
        migrations.migrate(database, package)
    else:
        migrate(database)
    database.close()
