"""The door of the results."""

from uuid import UUID

from flask import Response

from chassis.web import caller, now, ok, reading
from engagement.actors import actor
from engagement.processes import actions as processes
from engagement.processes.policy import may_see_counts
from engagement.results import schemas, store


def get_figures(process_id: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        may_see_counts(by, process, now()).require()
        found = store.figures(tx, process.id)
    return ok(schemas.figures(process.id, found, now()))
