"""The door of registries."""

from typing import Any

from flask import Response

from chassis.web import answered, caller, created, now, ok, reading, transaction
from registry.actors import actor
from registry.databases import actions, schemas, store


def draft_registry(body: dict[str, Any]) -> Response:
    wanted = schemas.draft(body)
    with transaction() as tx:
        registry = actions.draft(tx, wanted, by=actor(caller()), at=now())
        return answered(tx, created(schemas.registry(registry)))


def publish_registry(registry_name: str, version_number: str) -> Response:
    with transaction() as tx:
        registry = actions.publish(tx, registry_name, int(version_number), at=now())
    return ok(schemas.registry(registry))


def read_registry(registry_name: str, version_number: str) -> Response:
    with reading() as tx:
        return ok(schemas.registry(store.find(tx, registry_name, int(version_number))))


def list_registries(limit: int = 100) -> Response:
    with reading() as tx:
        return ok({"items": [schemas.registry(each) for each in store.page(tx, limit)]})
