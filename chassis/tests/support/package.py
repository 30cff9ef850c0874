"""A package with migrations, made for one test: a block has one, and the chassis must not know a block."""

import importlib
import sys
from pathlib import Path

import pytest

_FIRST = """
import sqlalchemy as sa
from chassis.migrations import create_platform_tables

revision = "0001"
down_revision = None


def upgrade():
    from alembic import op
    create_platform_tables(op)
    op.create_table("note", sa.Column("id", sa.Integer, primary_key=True))
"""

_NEXT = """
import sqlalchemy as sa

revision = "{number:04}"
down_revision = "{before:04}"
OLDEST = {oldest}


def upgrade():
    from alembic import op
    op.add_column("note", sa.Column("added_{number}", sa.Integer))
"""

_BROKEN = _NEXT + '    raise RuntimeError("half way")\n'


class Package:
    """A folder on the import path; `add` writes its next migration."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._migrations = folder / name / "migrations"
        self._migrations.mkdir(parents=True)
        (folder / name / "__init__.py").write_text("")
        self._count = 0
        self.add()

    def add(self, *, broken: bool = False, oldest: int | None = None) -> None:
        """One migration more; a broken one fails after its change; one with `oldest` leaves older releases behind."""
        self._count += 1
        said = repr(f"{oldest:04}") if oldest else None
        following = (_BROKEN if broken else _NEXT).format(number=self._count, before=self._count - 1, oldest=said)
        self._path().write_text(_FIRST if self._count == 1 else following)

    def drop(self) -> None:
        """Take the newest back."""
        self._path().unlink()
        self._count -= 1

    def _path(self) -> Path:
        return self._migrations / f"{self._count:04}_change.py"


def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str = "notes") -> Package:
    """The package, importable until the test ends."""
    folder = tmp_path / "packages"
    made = Package(folder, name)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, name, raising=False)
    importlib.invalidate_caches()
    importlib.import_module(name)
    monkeypatch.setitem(sys.modules, name, sys.modules[name])
    return made
