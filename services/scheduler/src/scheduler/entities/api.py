"""The door of entities."""

from typing import Any

from flask import Response

from chassis.web import caller, now, ok, reading, runtime, transaction
from scheduler.actors import actor
from scheduler.entities import actions, schemas, store
from scheduler.entities.model import Contact
from scheduler.wire import bare, bare_all, details, maybe, named


def register_entity(body: dict[str, Any]) -> Response:
    wanted = details(body, "entity")
    contact = Contact(wanted.get("phone"), wanted.get("email"), wanted.get("website"))
    with transaction() as tx:
        entity = actions.register(
            tx, wanted["name"], wanted["category"], contact, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
    return ok(named("entity", entity.id))


def modify_entity(body: dict[str, Any]) -> Response:
    entity_id = bare(body["entity_id"])
    with transaction() as tx:
        actions.modify(tx, entity_id, details(body, "entity"), by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok(named("entity", entity_id))


def remove_entity(body: dict[str, Any]) -> Response:
    entity_id = bare(body["entity_id"])
    with transaction() as tx:
        actions.remove(tx, entity_id, by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok(named("entity", entity_id))


def list_entities(
    entity_id: list[str] | None = None,
    name: str | None = None,
    category: str | None = None,
    after: str | None = None,
    limit: int = 100,
) -> Response:
    with reading() as tx:
        page = store.page(tx, bare_all(entity_id), name, category, maybe(after), limit, runtime().sealer)
    return ok([[schemas.entity(each) for each in page]])
