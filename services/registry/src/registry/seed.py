"""The seed: registries of a YAML file, published, applied as often as one likes with one result.

What is there and equal is left alone; what differs becomes the next version.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from chassis import clock
from chassis.database import Database, Transaction
from chassis.errors import Invalid, Refusal
from chassis.runtime import Runtime
from chassis.settings import BadSetting, ServiceSettings
from registry.actors import SEED
from registry.databases import actions, schemas, store
from registry.databases.schemas import Draft


class BadSeed(BadSetting):
    """The file cannot be applied; the message says where."""


def prepare(own: Runtime) -> None:
    """Apply SEED_FILE, where one is set. Raises BadSeed."""
    if own.settings.seed_file:
        apply(own.database, own.settings, own.settings.seed_file, own.clock())


def apply(database: Database, settings: ServiceSettings, path: str | Path, at: datetime | None = None) -> None:
    """Apply `{databases: [{name, description, oneEntryPerPerson, sealed, schema}]}`. Raises BadSeed.

    `at` is now when it is None. Nothing here is sealed; `settings` stand in the signature that all seeds have.
    """
    said = yaml.safe_load(Path(path).read_text("utf-8")) or {}
    at = at or clock.system()
    with database.transaction() as tx:
        for written in said.get("databases", ()):
            _try(tx, written, at)


def _try(tx: Transaction, written: dict[str, Any], at: datetime) -> None:
    try:
        _registry(tx, schemas.draft(written), at)
    except (TypeError, KeyError, Refusal) as error:
        name = written.get("name", "an entry without name")
        detail = error.errors if isinstance(error, Invalid) and error.errors else error
        raise BadSeed(f"{name}: {detail}") from error


def _registry(tx: Transaction, wanted: Draft, at: datetime) -> None:
    newest = store.newest(tx, wanted.name)
    if newest is not None and schemas.draft(schemas.registry(newest)) == wanted:
        return
    drafted = actions.draft(tx, wanted, by=SEED, at=at)
    actions.publish(tx, drafted.name, drafted.number, at=at)
