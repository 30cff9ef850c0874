"""The door of blueprints."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import answered, caller, created, now, ok, reading, transaction
from engagement.actors import actor
from engagement.blueprints import actions
from engagement.blueprints.schemas import BEGINNING, blueprint
from engagement.counts import store as counts
from engagement.cursors import instant_and_id
from engagement.processes import schemas as processes


def list_blueprints(cursor: str | None = None, limit: int = 20) -> Response:
    after = instant_and_id(cursor)
    with reading() as tx:
        found = actions.offered(tx, after, limit + 1, by=actor(caller()))
    page = paging.page(found, limit, lambda last: [last.created_at, last.id])
    return ok({"items": [blueprint(each) for each in page.items], "next": page.next})


def draft_from_blueprint(blueprint_id: str, body: dict[str, object]) -> Response:
    named = BEGINNING.load(body)
    opens_at = named.pop("opens_at")
    with transaction() as tx:
        process = actions.begin(tx, UUID(blueprint_id), named, opens_at, by=actor(caller()), at=now())
        return answered(tx, created(processes.process(process, counts.NONE)))


def save_blueprint(process_id: str, body: dict[str, dict[str, str]]) -> Response:
    title, description = body["title"], body.get("description")
    with transaction() as tx:
        saved = actions.save(tx, UUID(process_id), title, description, by=actor(caller()), at=now())
    return created(blueprint(saved))
