"""The door of publication records, which are public from their first entry on."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import ok, reading
from engagement.cursors import number_and_id
from engagement.publication import schemas, store


def list_publications(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    after = number_and_id(cursor)
    with reading() as tx:
        found = store.page(tx, UUID(process_id), after[0] if after else 0, limit + 1)
    page = paging.page(found, limit, lambda last: [last.number, process_id])
    return ok({"items": [schemas.entry(each) for each in page.items], "next": page.next})


def get_publication(process_id: str, number: int) -> Response:
    with reading() as tx:
        found = store.find(tx, UUID(process_id), number)
    return ok(schemas.publication(found))
