"""The door of the delivery log."""

from datetime import datetime
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import ok, reading
from messaging.deliveries import schemas, store


def list_deliveries(cursor: str | None = None, limit: int = 20, message_id: str | None = None) -> Response:
    place = paging.decode(cursor, 2)
    after = (datetime.fromisoformat(str(place[0])), UUID(str(place[1]))) if place else None
    with reading() as tx:
        rows = store.page(tx, UUID(message_id) if message_id else None, after, limit + 1)
    page = paging.page(rows, limit, lambda last: [last.at.isoformat(), str(last.id)])
    return ok({"items": [schemas.delivery(each) for each in page.items], "next": page.next})
