"""The door of the results."""

from uuid import UUID

from flask import Response

from chassis.web import caller, now, ok, reading
from engagement.actors import actor
from engagement.processes import actions as processes
from engagement.results import schemas, store


def get_figures(process_id: str) -> Response:
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = store.figures(tx, process.id)
    return ok(schemas.figures(process.id, found, now()))
