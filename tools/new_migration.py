"""Write a block's next numbered migration from the difference between its migrations and its `tables.py`.

python tools/new_migration.py engagement proposals
"""

import sys
import tempfile
from importlib import import_module
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from chassis.database import Database
from chassis.migrations import migrate
from chassis.tables import PLATFORM

_FILE = '''"""{title}."""

import sqlalchemy as sa
from alembic import op

from chassis import columns
{platform_import}
revision = "{number}"
down_revision = {previous}


def upgrade() -> None:
    """Add what is new."""
{upgrade}


def downgrade() -> None:
    """Take it back."""
{downgrade}
'''


def main(block: str, name: str) -> Path:
    """Write the file; its path."""
    folder = Path(import_module(block).__file__ or "").parent / "migrations"
    folder.mkdir(exist_ok=True)
    number = 1 + max((int(path.name[:4]) for path in folder.glob("[0-9]*.py")), default=0)
    upgrade, downgrade = _difference(block)
    if number == 1:
        upgrade = "    create_platform_tables(op)\n" + upgrade
        downgrade += "\n    drop_platform_tables(op)"
    path = folder / f"{number:04}_{name}.py"
    path.write_text(
        _FILE.format(
            title=name.replace("_", " ").capitalize(),
            platform_import="from chassis.migrations import create_platform_tables, drop_platform_tables\n"
            if number == 1
            else "",
            number=f"{number:04}",
            previous=f'"{number - 1:04}"' if number > 1 else None,
            upgrade=upgrade,
            downgrade=downgrade,
        )
    )
    return path


def _difference(block: str) -> tuple[str, str]:
    metadata = import_module(f"{block}.tables").METADATA
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/block.db")
        migrate(database, block)
        ours = set(metadata.tables)
        with database.engine.connect() as connection:
            options = {
                "user_module_prefix": "columns.",
                "include_object": lambda thing, label, kind, *_: (
                    kind != "table" or (label in ours and label not in PLATFORM.tables)
                ),
            }
            script = produce_migrations(MigrationContext.configure(connection, opts=options), metadata)
        database.close()
    return tuple(
        _indented(render_python_code(part, user_module_prefix="columns."))
        for part in (  # type: ignore[return-value, arg-type]
            script.upgrade_ops,
            script.downgrade_ops,
        )
    )


def _indented(code: str) -> str:
    lines = [line for line in code.splitlines() if not line.strip().startswith("# ###")]
    return "\n".join(f"    {line.removeprefix('    ')}" if line.strip() else "" for line in lines) or "    pass"


if __name__ == "__main__":
    print(main(*sys.argv[1:3]))  # noqa: T201 - a command's answer
