"""Tables by plain SQL. Rows mean the same from SQLite and PostgreSQL: ids with hyphens, instants as text that sorts."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

Row = dict[str, Any]  # {column: value}
Tables = dict[str, list[Row]]


def read(url: str, tables: Mapping[str, str]) -> Tables:
    """These tables of a database, `{table: columns to order by}`, in one consistent state."""
    queries = {table: f'SELECT * FROM "{table}" ORDER BY {order}' for table, order in tables.items()}  # noqa: S608 - names of our own
    return _sqlite(url, queries) if url.startswith("sqlite:") else _postgresql(url, queries)


def decoded(value: Any) -> Any:
    """A JSON column's value, which SQLite keeps as text and PostgreSQL hands out decoded."""
    return json.loads(value) if isinstance(value, str) else value


def _sqlite(url: str, queries: Mapping[str, str]) -> Tables:
    found: Tables = {}
    with closing(sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)) as connection:
        connection.execute("BEGIN")
        for table, query in queries.items():
            kinds = {name: kind for _, name, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")')}
            found[table] = [
                {name: _meant(value, kinds[name]) for name, value in zip(kinds, row, strict=True)}
                for row in connection.execute(query)
            ]
    return found


def _postgresql(url: str, queries: Mapping[str, str]) -> Tables:
    with psycopg.connect(url.replace("+psycopg", ""), row_factory=dict_row) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return {
            table: [{name: _plain(value) for name, value in row.items()} for row in connection.execute(query)]
            for table, query in queries.items()
        }


def _meant(value: Any, kind: str) -> Any:
    """SQLite has no type for ids and truth; the table's declaration says which column holds them."""
    if value is not None and kind == "CHAR(32)":
        return str(UUID(value))
    return bool(value) if value is not None and kind == "BOOLEAN" else value


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return value
