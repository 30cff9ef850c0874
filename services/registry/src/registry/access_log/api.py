"""The door of the log."""

from flask import Response

from chassis import paging
from chassis.paging import BadCursor
from chassis.web import caller, now, ok, runtime, transaction
from registry.access_log import actions, schemas
from registry.actors import actor


def list_my_data_usage(user_id: str | None = None, database_id: str | None = None, limit: int = 100) -> Response:
    with transaction() as tx:
        rows = actions.usage(tx, user_id, database_id, limit, by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok([schemas.usage(row, entries) for row, entries in rows])


def list_access_log(cursor: str | None = None, limit: int = 20) -> Response:
    before = _before(cursor)
    with transaction() as tx:
        rows = actions.page(tx, before, limit + 1, by=actor(caller()), at=now(), sealer=runtime().sealer)
    page = paging.page(rows, limit, lambda row: [row.number])
    return ok({"items": [schemas.row(row) for row in page.items], "next": page.next})


def _before(cursor: str | None) -> int | None:
    after = paging.decode(cursor, 1)
    if after is not None and type(after[0]) is not int:
        raise BadCursor("This cursor belongs to another list.")
    return after[0] if after else None
