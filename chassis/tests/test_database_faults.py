"""What a failing database means to whoever asked."""

import sqlite3
from collections.abc import Callable
from typing import Any

import note_block
import psycopg
import pytest
from flask import Response
from sqlalchemy import exc, text

from chassis import database_faults
from chassis.app import App
from chassis.errors import Invalid, Unavailable
from chassis.testing.client import Client, Speaker, assert_problem
from chassis.testing.tampering import destroy


def of_postgresql(error: type[psycopg.Error]) -> exc.DBAPIError:
    kind = exc.DataError if issubclass(error, psycopg.DataError) else exc.DBAPIError
    return kind("statement", {}, error("said"))


def of_sqlite(code: int) -> exc.DBAPIError:
    error = sqlite3.OperationalError("said")
    error.sqlite_errorcode = code
    return exc.OperationalError("statement", {}, error)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (of_postgresql(psycopg.OperationalError), Unavailable),  # not reached
        (of_postgresql(psycopg.errors.AdminShutdown), Unavailable),
        (of_postgresql(psycopg.errors.TooManyConnections), Unavailable),
        (of_postgresql(psycopg.errors.DiskFull), Unavailable),
        (of_postgresql(psycopg.errors.QueryCanceled), Unavailable),
        (of_postgresql(psycopg.errors.ReadOnlySqlTransaction), Unavailable),
        (of_postgresql(psycopg.errors.DeadlockDetected), Unavailable),
        (of_postgresql(psycopg.errors.StringDataRightTruncation), Invalid),
        (of_postgresql(psycopg.errors.NumericValueOutOfRange), Invalid),
        (of_postgresql(psycopg.DataError), Invalid),  # the driver's own word for U+0000
        (of_postgresql(psycopg.errors.UndefinedTable), type(None)),
        (of_postgresql(psycopg.errors.UniqueViolation), type(None)),
        (of_sqlite(sqlite3.SQLITE_FULL), Unavailable),
        (of_sqlite(sqlite3.SQLITE_BUSY), Unavailable),
        (of_sqlite(sqlite3.SQLITE_IOERR_FSYNC), Unavailable),
        (of_sqlite(sqlite3.SQLITE_ERROR), type(None)),  # no such table
        (exc.TimeoutError(), Unavailable),
        (exc.ArgumentError(), type(None)),
    ],
)
def test_what_an_error_means(error: exc.SQLAlchemyError, meaning: type) -> None:
    assert type(database_faults.meaning(error)) is meaning


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (of_postgresql(psycopg.errors.DeadlockDetected), True),
        (of_postgresql(psycopg.errors.SerializationFailure), True),
        (of_postgresql(psycopg.errors.AdminShutdown), False),
        (of_sqlite(sqlite3.SQLITE_BUSY), False),
    ],
)
def test_what_was_undone_for_another_is_tried_again(error: exc.SQLAlchemyError, again: bool) -> None:
    assert database_faults.is_undone_for_another(error) is again


def test_without_its_database_a_block_asks_to_come_back(app: App, client: Callable[..., Client]) -> None:
    destroy(app.runtime.database)

    reply = client().post("/v1/notes", {"text": "a"})

    assert_problem(reply, 503, "unavailable")
    assert reply.headers["Retry-After"] == "2"


def test_a_deadlock_is_tried_three_times(make_app: Any, speaker: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def list_notes() -> Response:
        asked.append(1)
        raise of_postgresql(psycopg.errors.DeadlockDetected)

    list_notes.__module__ = note_block.__name__
    monkeypatch.setattr(note_block, "list_notes", list_notes)
    client = Client(make_app(), speaker, "notes", {"scopes": ["notes.write"], "subject": "ann"})

    reply = client.get("/v1/notes")

    assert_problem(reply, 503, "unavailable")
    assert len(asked) == 3


@pytest.mark.parametrize("address", ["/v1/notes?cursor=%00", "/v1/notes/%00", "/%00"])
def test_an_address_with_nul_is_refused(client: Callable[..., Client], address: str) -> None:
    assert_problem(client().get(address), 400, "invalid")


def test_what_a_table_lacks_is_a_fault_of_ours(app: App, client: Callable[..., Client]) -> None:
    with app.runtime.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE note"))

    assert_problem(client().post("/v1/notes", {"text": "a"}), 500, "internal-error")
