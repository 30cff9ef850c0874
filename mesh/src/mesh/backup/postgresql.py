"""PostgreSQL's own programs on one database: dump, restore, count."""

import os
import subprocess
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL


def dump(url: URL, snapshot: str, target: Path) -> None:
    """Write what an exported snapshot sees. Raises CalledProcessError."""
    _run("pg_dump", url, "--format=custom", "--compress=0", f"--snapshot={snapshot}", f"--file={target}")


def restore(url: URL, source: Path) -> None:
    """Into an empty database, whole or not at all. Raises CalledProcessError."""
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", str(source))


def is_empty(url: URL) -> bool:
    """Whether the database has no table yet."""
    engine = sa.create_engine(url, hide_parameters=True)
    names = sa.inspect(engine).get_table_names()
    engine.dispose()
    return not names


def rows(connection: sa.Connection) -> dict[str, int]:
    """`{table: rows}`."""
    preparer = connection.dialect.identifier_preparer
    count = "SELECT count(*) FROM {}"
    names = sorted(sa.inspect(connection).get_table_names())
    return {name: connection.exec_driver_sql(count.format(preparer.quote(name))).scalar_one() for name in names}


def _run(program: str, url: URL, *arguments: str) -> None:
    """Password and the query's settings (sslmode, sslrootcert) travel in the environment, which only we can read."""
    told = {f"PG{name.upper()}": str(value) for name, value in url.query.items()} | {"PGPASSWORD": url.password or ""}
    where = [f"--host={url.host}", f"--port={url.port or 5432}", f"--username={url.username}"]
    command = [program, *where, f"--dbname={url.database}", "--no-owner", "--no-privileges", *arguments]
    subprocess.run(command, env=os.environ | told, check=True)
