"""Releases of one block, made for a test: copies of the scheduler in which a column is renamed, a release a step.

`entity.contact` becomes `entity.reach`, as `docs/how-to/change-a-table.md` says it: expand (both are written), migrate
(what is there is copied, the new one alone is used), contract (the old one goes).
"""

import shutil
from pathlib import Path

import scheduler

_SEALED = 'LargeBinary, info={"sealed": "entity.contact"})'
_MIGRATION = """
import os
import signal

import sqlalchemy as sa
from alembic import op

revision = "{number:04}"
down_revision = "{before:04}"
{more}

def upgrade() -> None:
    {change}
    if os.environ.get("DIE_IN_MIGRATION"):
        os.kill(os.getpid(), signal.SIGKILL)
"""


def today(folder: Path) -> Path:
    """The scheduler as it is."""
    shutil.copytree(Path(scheduler.__file__).parent, folder / "scheduler", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def expanded(folder: Path, before: Path) -> Path:
    """A column more: both are written, the new one is read where it is filled."""
    release = _following(folder, before)
    _migration(release, 'op.add_column("entity", sa.Column("reach", sa.LargeBinary(), nullable=True))')
    _replace(
        release / "tables.py",
        'Column("contact", ' + _SEALED,
        f'Column("contact", {_SEALED},\n    Column("reach", {_SEALED}',
    )
    store = release / "entities" / "store.py"
    _replace(
        store,
        '"category": of.category, "contact": sealed}',
        '"category": of.category, "contact": sealed, "reach": sealed}',
    )
    _replace(
        store, 'sealer.open(row["contact"], _PLACE))) if row["contact"]', "sealer.open(sealed, _PLACE))) if sealed"
    )
    _replace(store, "    contact = Contact(**", '    sealed = row["reach"] or row["contact"]\n    contact = Contact(**')
    return folder


def migrated(folder: Path, before: Path) -> Path:
    """What is there is copied, and the new column alone is used: releases before the last one are left behind."""
    release = _following(folder, before)
    _migration(release, 'op.execute("UPDATE entity SET reach = contact WHERE reach IS NULL")', 'OLDEST = "0002"')
    _replace(release / "tables.py", f'    Column("contact", {_SEALED},', "")
    store = release / "entities" / "store.py"
    _replace(store, '"contact": sealed, "reach": sealed}', '"reach": sealed}')
    _replace(store, '"category": added.category, "contact": None}', '"category": added.category}')
    _replace(store, 'row["reach"] or row["contact"]', 'row["reach"]')
    return folder


def contracted(folder: Path, before: Path) -> Path:
    """The old column goes."""
    release = _following(folder, before)
    _migration(release, 'op.drop_column("entity", "contact")', 'OLDEST = "0003"')
    return folder


def _following(folder: Path, before: Path) -> Path:
    shutil.copytree(before, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "scheduler"


def _migration(release: Path, change: str, more: str = "") -> None:
    number = 1 + len(list((release / "migrations").glob("[0-9]*.py")))
    text = _MIGRATION.format(number=number, before=number - 1, change=change, more=more)
    (release / "migrations" / f"{number:04}_next.py").write_text(text)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1, f"{path.name} was changed; adapt this release to it: {old}"
    path.write_text(text.replace(old, new))
