"""The door of definitions."""

from typing import Any

from flask import Response

from chassis.web import answered, created, no_content, now, ok, reading, transaction
from workflow.definitions import actions, schemas, store


def list_processes() -> Response:
    with reading() as tx:
        return ok([schemas.process(each) for each in store.all_of_them(tx)])


def create_process(body: dict[str, Any]) -> Response:
    with transaction() as tx:
        definition = actions.deploy(tx, schemas.facts(body), at=now())
        return answered(tx, created(schemas.process(definition)))


def get_process(process_id: str) -> Response:
    with reading() as tx:
        return ok(schemas.process(store.find(tx, schemas.known(process_id))))


def revise_process(process_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        actions.revise(tx, schemas.known(process_id), schemas.facts(body), at=now())
    return no_content()


def remove_process(process_id: str) -> Response:
    with transaction() as tx:
        definition = actions.remove(tx, schemas.known(process_id), at=now())
    return ok(schemas.process(definition))
