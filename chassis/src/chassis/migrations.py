"""Migrations, by Alembic: numbered files in `<package>/migrations`, run before a block starts, never by a worker.

While releases are rolled out, yesterday's code and today's share one database. A migration therefore only adds, and
code serves on a database newer than itself. A migration that takes something away says with `OLDEST = "0003"` which
code it still carries: code whose newest migration is older than that refuses to serve. (ADR 0014)
"""

import threading
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from chassis.database import Database
from chassis.tables import PLATFORM

_ALEMBIC = threading.Lock()  # Alembic keeps its context in a global of the process; seven blocks may share one
_LOCK_SECONDS = 5  # a table that others hold longer would, while a migration waits for it, be closed to everybody
_OLDEST = sa.Table("oldest_release", sa.MetaData(), sa.Column("revision", sa.String(32), primary_key=True))
COMPARED = {"include_name": lambda name, kind, _: kind != "table" or name != _OLDEST.name}  # Alembic's options


def migrate(database: Database, package: str) -> None:
    """Bring the database to the package's newest migration; a newer database stays as it is. Two at once wait for each
    other; a table that is busy for five seconds makes it fail, and it can be tried again."""
    with _ALEMBIC, database.engine.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('migrate'))"))
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'"))
        config = _config(package)
        config.attributes["connection"] = connection
        scripts = ScriptDirectory.from_config(config)
        if _number(_current(connection)) <= _number(scripts.get_current_head()):
            command.upgrade(config, "head")
            _keep_oldest(connection, scripts)


def is_current(database: Database, package: str) -> bool:
    """Whether this release can serve on the database: it stands at the package's newest migration, or at a later one
    that still carries this release."""
    mine = _number(ScriptDirectory.from_config(_config(package)).get_current_head())
    with database.reading() as tx:
        current = _number(_current(tx.connection))
        if current <= mine:
            return current == mine
        oldest = tx.execute(sa.select(_OLDEST)).scalar() if sa.inspect(tx.connection).has_table(_OLDEST.name) else None
    return mine >= _number(oldest)


def create_platform_tables(op: Any) -> None:  # Any: Alembic's operations proxy has no public type
    """What a block's first migration begins with."""
    PLATFORM.create_all(op.get_bind())


def drop_platform_tables(op: Any) -> None:  # Any: as above
    """What a block's first migration takes back."""
    PLATFORM.drop_all(op.get_bind())


def _current(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _number(revision: str | None) -> int:
    """Migrations are numbered without a gap; 0 stands before the first."""
    return int(revision or 0)


def _keep_oldest(connection: sa.Connection, scripts: ScriptDirectory) -> None:
    """Note which code the newest migrations still carry, for code that does not know them."""
    said = [getattr(each.module, "OLDEST", None) for each in scripts.walk_revisions()]
    oldest = max(filter(None, said), default=None)
    if oldest is not None:
        _OLDEST.create(connection, checkfirst=True)
        connection.execute(sa.delete(_OLDEST))
        connection.execute(sa.insert(_OLDEST), {"revision": oldest})


def _config(package: str) -> Config:
    config = Config()
    versions = Path(import_module(package).__file__ or "").parent / "migrations"
    config.set_main_option("script_location", str(Path(__file__).parent / "alembic"))
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "os")
    return config
