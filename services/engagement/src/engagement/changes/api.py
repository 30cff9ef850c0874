"""The door of changes."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.errors import NotFound
from chassis.web import caller, ok, reading
from engagement.actors import actor
from engagement.changes import schemas
from engagement.changes.model import changes
from engagement.cursors import number_and_id
from engagement.documents import actions as documents
from engagement.documents import store as texts


def list_changes(version_id: str, since: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), number_and_id(cursor)
    first = after[0] + 1 if after else 0
    with reading() as tx:
        document, version, _ = documents.read(tx, UUID(version_id), by=by)
        same, earlier, _ = documents.read(tx, UUID(since), by=by)
        if same.id != document.id or earlier.number >= version.number:
            raise NotFound("There is no such earlier version.")
        found = list(enumerate(changes(texts.blocks(tx, earlier.id), texts.blocks(tx, version.id))))
        page = paging.page(found[max(0, first) : first + limit + 1], limit, lambda last: [last[0], last[1].block_id])
        shown = [each for _, each in page.items]
        before = texts.annotations_at(tx, earlier.id, [block.id for each in shown for block in each.before])
        now = texts.annotations_at(tx, version.id, [each.after.id for each in shown if each.after])
    return ok({"items": [schemas.change(each, before, now) for each in shown], "next": page.next})
