"""SQLite: connect to a database that is there, count what it holds."""

import sqlite3
from pathlib import Path

_PATIENCE_SECONDS = 30
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
_COUNT = 'SELECT count(*) FROM "{}"'


def connected(path: Path) -> sqlite3.Connection:
    """Transactions begin where they are told to. Raises OperationalError when there is no such file."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE_SECONDS)


def rows(connection: sqlite3.Connection) -> dict[str, int]:
    """`{table: rows}`."""
    names = [name for (name,) in connection.execute(_TABLES).fetchall()]
    return {name: connection.execute(_COUNT.format(name)).fetchone()[0] for name in names}
