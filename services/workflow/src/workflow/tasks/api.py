"""The door of tasks; completing one is a story of its instance."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import ok, reading
from workflow.tasks import schemas, store
from workflow.tasks.model import State, Wanted


def list_tasks(
    state: str | None = None,
    kind: str | None = None,
    process_id: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> Response:
    after = paging.decode(cursor, 1)
    wanted = Wanted(
        limit,
        State(state) if state else None,
        kind,
        UUID(process_id) if process_id else None,
        _place(after[0]) if after else None,
    )
    with reading() as tx:
        page = paging.page(store.page(tx, wanted), limit, lambda last: [str(last.id)])
    return ok({"items": [schemas.task(each) for each in page.items], "next": page.next})


def get_task(task_id: str) -> Response:
    with reading() as tx:
        return ok(schemas.task(store.find(tx, UUID(task_id))))


def _place(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise paging.BadCursor("This cursor belongs to another list.") from None
