"""What a failing database means: a later try may succeed, a value cannot be kept, or it is a fault of ours.

PostgreSQL tells by SQLSTATE (its manual, appendix A), SQLite by its result code.
"""

import sqlite3

from sqlalchemy import exc
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, SQLAlchemyError

from chassis.errors import Invalid, Refusal, Unavailable

_AGAIN = ("40001", "40P01")  # serialization failure, deadlock: the transaction was undone for another's sake
_LATER = ("08", "40", "53", "55", "57")  # connection, rollback, resources (disk, connections), locks, shutdown
_COME_BACK_SECONDS = 2
_READ_ONLY = "25006"  # a replica that has not been promoted yet
_SQLITE_LATER = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB,
}  # fmt: skip


def meaning(error: SQLAlchemyError) -> Refusal | None:
    """What to tell whoever asked; None for a fault of ours."""
    if is_away(error):
        return Unavailable("The database does not do it now.", _COME_BACK_SECONDS)
    if isinstance(error, DataError):
        return Invalid("A value is too long, too large, or holds a character that cannot be kept.")
    return None


def is_away(error: BaseException) -> bool:
    """Whether a later try may succeed although nothing else changes."""
    if isinstance(error, exc.TimeoutError | InterfaceError):  # no connection of the pool was free; one was cut
        return True
    if not isinstance(error, DBAPIError) or isinstance(error, DataError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _SQLITE_LATER
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is None:
        return error.connection_invalidated or type(error.orig).__name__ == "OperationalError"  # it was not reached
    return state.startswith(_LATER) or state == _READ_ONLY


def is_undone_for_another(error: BaseException) -> bool:
    """Whether the transaction was undone because it met another; the same again will succeed."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _AGAIN
