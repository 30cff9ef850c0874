"""`mesh backup`: everything of a mesh, at one instant, into a new folder. The mesh may run."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from chassis import clock
from mesh.backup import parts
from mesh.backup.instant import seen
from mesh.backup.manifest import Manifest, sha256
from mesh.layout import BLOCKS, Layout

PROCESSES = (*BLOCKS, "gateway", "portal")
_HEAD = "gateway/log-head.json"
_KEYS = ("secrets", "gateway", "environment", "demo-accounts.json")


def backup(layout: Layout, into: Path, passphrase: str | None = None) -> Path:
    """The folder of the backup, `<into>/<instant>`. Raises OSError, and what the databases raise; a backup that was not
    finished has no manifest."""
    at = clock.system()
    folder = into / at.strftime("%Y-%m-%dT%H%M%S.%fZ")
    folder.mkdir(parents=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        staged = Path(scratch)
        _stage_files(layout, staged)
        rows = _stage_databases(layout, staged)
        ending = ".tar.gz" if passphrase is None else ".tar.gz.sealed"
        wanted = {f"data{ending}": ("databases", "seeds", _HEAD), f"keys{ending}": _KEYS}
        for part, names in wanted.items():
            parts.write(folder / part, _files(staged, names), passphrase)
        digests = {part: sha256(folder / part) for part in wanted}
    shape = layout.shape
    Manifest(
        taken_at=clock.text(at),
        database="postgresql" if shape.postgres_url else "sqlite",
        log="kafka" if shape.kafka_url else "embedded",
        sealed=passphrase is not None,
        databases=rows,
        parts=digests,
    ).write(folder)
    return folder


def _stage_files(layout: Layout, staged: Path) -> None:
    """Before the databases: the head of the message log that is kept beside it must not be newer than the log."""
    for name in (*_KEYS, "seeds"):
        source = layout.state / name
        if source.is_dir():
            shutil.copytree(source, staged / name, ignore=shutil.ignore_patterns("*.new"))
        elif source.exists():
            shutil.copy2(source, staged / name)


def _stage_databases(layout: Layout, staged: Path) -> dict[str, dict[str, int]]:
    """Copy them; the rows of each process's tables."""
    (staged / "databases").mkdir()
    addresses = {name: layout.environment(name)["DATABASE_URL"] for name in PROCESSES}
    log = layout.state / "events" / "events.db"
    embedded = {"events": f"sqlite:///{log.absolute()}"} if not layout.shape.kafka_url else {}
    with seen(addresses | embedded) as databases:
        for name, database in databases.items():
            database.copy(staged / "databases" / name)
        return {name: database.rows() for name, database in databases.items()}


def _files(staged: Path, wanted: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """What was staged of these, but the log's head, which belongs to the data, not to the keys."""
    for name in wanted:
        for path in sorted((staged / name).rglob("*")) if (staged / name).is_dir() else [staged / name]:
            inside = str(path.relative_to(staged))
            if path.is_file() and (inside != _HEAD or name == _HEAD):
                yield inside, path
