"""The door of translations."""

from uuid import UUID

from flask import Response

from chassis.web import caller, now, ok, reading, transaction
from engagement.actors import actor
from engagement.counts import store as counts
from engagement.processes import schemas
from engagement.translations import actions


def list_texts(process_id: str) -> Response:
    with reading() as tx:
        found = actions.report(tx, UUID(process_id), by=actor(caller()))
    return ok({"items": [{"pointer": each.pointer, "text": each.text, "lacks": list(each.lacks)} for each in found]})


def translate_process(process_id: str, language: str, body: dict[str, dict[str, str]]) -> Response:
    with transaction() as tx:
        process = actions.translate(tx, UUID(process_id), language, body["texts"], by=actor(caller()), at=now())
        counted = counts.of_process(tx, process.id)
    return ok(schemas.process(process, counted))
