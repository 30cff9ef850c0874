"""Real servers under the suites: with `POSTGRES_URL` in the environment every app of a test has a PostgreSQL database
of its own, with `KAFKA_URL` the brokers' suite runs on Apache Kafka too. `python -m chassis.local` sets both.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from chassis import ids, migrations
from chassis.database import Database
from chassis.local.postgres import Postgres


def brokers() -> list[str]:
    """The kinds of broker that tests can have here."""
    return ["embedded", "kafka"] if "KAFKA_URL" in os.environ else ["embedded"]


@contextmanager
def database(folder: Path, package: str, migrate: Callable[[Database], None] | None = None) -> Iterator[str]:
    """Address of an empty database with the package's newest tables, for one test. `migrate` stands for the package's
    migrations where it has none of its own."""
    if "POSTGRES_URL" not in os.environ:
        url = f"sqlite:///{folder / 'block.db'}"
        _bring(url, package, migrate)
        yield url
        return
    server, name = Postgres(os.environ["POSTGRES_URL"]), f"test-{ids.code(1, 16).lower()}"
    yield server.create(name, _template(package, migrate))
    server.drop(name)


@cache
def _template(package: str, migrate: Callable[[Database], None] | None) -> str:
    """Migrating takes a second, copying a template 80 ms: one template a package and test process."""
    name = f"template-{package}-{os.getpid()}"
    _bring(Postgres(os.environ["POSTGRES_URL"]).create(name), package, migrate)
    return name


def _bring(url: str, package: str, migrate: Callable[[Database], None] | None) -> None:
    database = Database(url)
    if migrate is None:
        migrations.migrate(database, package)
    else:
        migrate(database)
    database.close()
