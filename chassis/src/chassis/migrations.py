"""Migrations, by Alembic: numbered files in `<package>/migrations`, run before a block starts, never by a worker."""

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


def migrate(database: Database, package: str) -> None:
    """Bring the database to the package's newest migration; two at once wait for each other."""
    with _ALEMBIC, database.engine.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('migrate'))"))
        config = _config(package)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(database: Database, package: str) -> bool:
    """Whether the database stands at the package's newest migration."""
    with database.reading() as tx:
        current = MigrationContext.configure(tx.connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config(package)).get_current_head()


def create_platform_tables(op: Any) -> None:  # Any: Alembic's operations proxy has no public type
    """What a block's first migration begins with."""
    PLATFORM.create_all(op.get_bind())


def drop_platform_tables(op: Any) -> None:  # Any: as above
    """What a block's first migration takes back."""
    PLATFORM.drop_all(op.get_bind())


def _config(package: str) -> Config:
    config = Config()
    versions = Path(import_module(package).__file__ or "").parent / "migrations"
    config.set_main_option("script_location", str(Path(__file__).parent / "alembic"))
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "os")
    return config
