"""`mesh verify`: whether everything that a mesh holds hangs together: files, evidence, and what blocks told each other.

It only reads, beside a running mesh or one at rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from chassis import settings
from chassis.database import Database
from chassis.migrations import is_current
from chassis.sealing import Sealer
from chassis.tables import inbox, outbox
from mesh.backup import evidence
from mesh.layout import BLOCKS, Layout

_SETTINGS = {"gateway": "GatewaySettings"}
_OUTBOX = select(outbox.c.id, outbox.c.type, outbox.c.published_at).order_by(outbox.c.seq)
_INBOX = select(inbox.c.event_id)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what is wrong with it (None when it holds), and how much it was."""

    about: str
    flaw: str | None
    amount: str = ""


def verify(layout: Layout, *, settled: bool = False) -> list[Finding]:
    """All findings, in a fixed order. With `settled`, an event that still waits is a flaw: right for a mesh that had
    time to come to rest."""
    found: list[Finding] = []
    heard: dict[str, set[UUID]] = {}
    for name in (*BLOCKS, "gateway", "portal"):
        with _opened(layout, name, found) as (database, own):
            found.append(Finding(f"{name}: database", _damage(database, name)))
            found += _evidence(database, name, own)
            if name in BLOCKS:
                with database.reading() as tx:
                    heard[name] = set(tx.execute(_INBOX).scalars())
    return found + _events(layout, heard, settled=settled)


@contextmanager
def _opened(layout: Layout, name: str, found: list[Finding]) -> Iterator[tuple[Database, Any]]:  # Any: see _settings
    """A database that cannot be read is a finding."""
    own = _settings(layout, name)
    database = Database(own.database_url)
    try:
        yield database, own
    except (SQLAlchemyError, ValueError, OSError) as error:
        found.append(Finding(f"{name}: database", f"cannot be read: {type(error).__name__}"))
    finally:
        database.close()


def _settings(layout: Layout, name: str) -> Any:  # Any: each process has a class of its own
    kind = getattr(import_module(f"{name}.settings"), _SETTINGS.get(name, "Settings"))
    return settings.load(kind, layout.environment(name))


def _damage(database: Database, name: str) -> str | None:
    if database.is_sqlite:
        with database.reading() as tx:
            said = tx.connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            lost = tx.connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if said != "ok" or lost is not None:
            return f"damaged: {said if said != 'ok' else lost}"
    return None if is_current(database, name) else "is older than this release"


def _evidence(database: Database, name: str, own: Any) -> Iterator[Finding]:  # Any: as above
    check = evidence.CHECKS.get(name)
    if check is None:
        return
    with database.reading() as tx:
        flaw, amount = check(tx, Sealer(getattr(own, "sealing_key", "")), own)
    yield Finding(f"{name}: {evidence.NAMES[name]}", flaw, f"{amount} rows")


def _events(layout: Layout, heard: dict[str, set[UUID]], *, settled: bool) -> list[Finding]:
    """What is in an inbox was told by someone; what was told is, in the end, in the inbox of everybody who listens.
    Outboxes are read after inboxes: an event that is handled meanwhile must not look as if nobody had told it."""
    found: list[Finding] = []
    told: dict[UUID, str] = {}
    unpublished: dict[str, int] = {}
    for name in heard:
        with _opened(layout, name, found) as (database, _), database.reading() as tx:
            rows = tx.execute(_OUTBOX).all()
            told |= {row.id: row.type for row in rows}
            unpublished[name] = sum(row.published_at is None for row in rows)
    for name, ids in heard.items():
        strange = len(ids - told.keys())
        found.append(
            Finding(
                f"{name}: events handled", f"{strange} were told by no block" if strange else None, f"{len(ids)} rows"
            )
        )
        listens = set(import_module(f"{name}.app").SERVICE.subscriptions)
        missing = sum(kind in listens and each not in ids for each, kind in told.items())
        waiting = f"{unpublished.get(name, 0)} to publish, {missing} to handle"
        late = settled and (unpublished.get(name, 0) or missing)
        found.append(Finding(f"{name}: events that wait", waiting if late else None, waiting))
    return found
