"""What the verbs backup, restore and verify of `python -m mesh` do, and say."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from mesh.backup.manifest import NotRestorable
from mesh.backup.restore import restore as restored
from mesh.backup.sealed import Unopenable
from mesh.backup.take import backup as taken
from mesh.backup.verify import verify as verified
from mesh.layout import Layout

_EXPECTED = (NotRestorable, Unopenable, OSError, SQLAlchemyError, subprocess.CalledProcessError)


def backup(layout: Layout, into: Path, passphrase_file: Path | None = None) -> int:
    """Back the mesh up into a new folder below `into`; the exit status."""
    try:
        folder = taken(layout, into, _passphrase(passphrase_file))
    except _EXPECTED as error:
        return _refused(error)
    print(folder)
    if passphrase_file is None:
        print("not sealed: the keys lie open in it; give a --passphrase-file, or seal it yourself", file=sys.stderr)
    return 0


def restore(layout: Layout, source: Path, passphrase_file: Path | None = None) -> int:
    """Restore into the layout's empty state folder; the exit status."""
    try:
        told = restored(source, layout, _passphrase(passphrase_file))
    except _EXPECTED as error:
        return _refused(error)
    rows = sum(sum(tables.values()) for tables in told.databases.values())
    print(f"{layout.state} is the mesh of {told.taken_at}: {len(told.databases)} databases, {rows} rows as they were")
    if told.log == "kafka":
        print("events are published again from the outboxes; start with empty topics")
    return 0


def verify(layout: Layout, *, settled: bool = False) -> int:
    """Say what was looked at; 1 when something does not hold."""
    found = verified(layout, settled=settled)
    for each in found:
        print(f"{'ok  ' if each.flaw is None else 'FLAW'} {each.about:<32} {each.flaw or each.amount}".rstrip())
    return 1 if any(each.flaw for each in found) else 0


def _passphrase(file: Path | None) -> str | None:
    if file is None:
        return None
    words = file.read_text("utf-8").strip()
    if not words:
        raise NotRestorable(f"{file} is empty")
    return words


def _refused(error: Exception) -> int:
    print(error, file=sys.stderr)
    return 1
