"""`mesh restore`: a backup into an empty state folder (and empty databases), whole or not at all."""

import shutil
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from mesh import servers
from mesh.backup import manifest, parts, postgresql, sqlite
from mesh.backup.manifest import Manifest, NotRestorable
from mesh.layout import Layout, Shape

_FORGET_PUBLISHED = "UPDATE outbox SET published_at = NULL"


def restore(source: Path, layout: Layout, passphrase: str | None = None) -> Manifest:
    """What was restored. Raises NotRestorable, Unopenable, and what databases raise; the state folder then is not
    there."""
    if layout.state.exists() and any(layout.state.iterdir()):
        raise NotRestorable(f"{layout.state} is not empty")
    told = manifest.read(source)
    if told.sealed and passphrase is None:
        raise NotRestorable("the backup is sealed and needs its passphrase")
    layout.state.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=layout.state.parent, prefix=".restoring-") as scratch:
        staged = Path(scratch) / "state"
        staged.mkdir(mode=0o700)
        for part in told.parts:
            parts.unpack(source / part, staged, passphrase if told.sealed else None)
        databases = staged / "databases"
        if told.database == "sqlite":
            _place_files(databases, staged, told)
            _moved(staged, layout.state)
        else:
            _moved(staged, layout.state)
            _into_servers(layout, told)
    return told


def _moved(staged: Path, state: Path) -> None:
    if state.exists():
        state.rmdir()
    staged.rename(state)


def _place_files(databases: Path, staged: Path, told: Manifest) -> None:
    """Each database where its process looks for it."""
    for name, rows in told.databases.items():
        path = staged / ("events/events.db" if name == "events" else f"{name}.db")
        path.parent.mkdir(exist_ok=True)
        (databases / name).rename(path)
        with closing(sqlite.connected(path)) as connection:
            _compare(name, rows, sqlite.rows(connection))
            if told.log == "kafka" and "outbox" in rows:
                connection.execute(_FORGET_PUBLISHED)
    databases.rmdir()


def _into_servers(layout: Layout, told: Manifest) -> None:
    try:
        with servers.running(layout, postgresql=True, kafka=False) as (root, _):
            layout.keep(replace(Shape(), postgres_url=root))
            for name in told.databases:
                _into_server(layout, name, told)
    except BaseException:
        shutil.rmtree(layout.state)
        raise


def _into_server(layout: Layout, name: str, told: Manifest) -> None:
    dumped = layout.state / "databases" / name
    if name == "events":
        (layout.state / "events").mkdir()
        dumped.rename(layout.state / "events" / "events.db")
        return
    url = make_url(layout.database(name))
    if not postgresql.is_empty(url):
        raise NotRestorable(f"the database {url.database} is not empty")
    postgresql.restore(url, dumped)
    dumped.unlink()
    engine = sa.create_engine(url, hide_parameters=True)
    with engine.begin() as connection:
        _compare(name, told.databases[name], postgresql.rows(connection))
        if told.log == "kafka" and "outbox" in told.databases[name]:
            connection.exec_driver_sql(_FORGET_PUBLISHED)
    engine.dispose()


def _compare(name: str, wanted: dict[str, int], found: dict[str, int]) -> None:
    if wanted != found:
        differing = sorted(table for table in wanted | found if wanted.get(table) != found.get(table))
        raise NotRestorable(f"{name}: {', '.join(differing)} has other numbers of rows than were backed up")
