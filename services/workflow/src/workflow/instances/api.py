"""The door of instances, and of completing their tasks."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis.web import answered, caller, created, now, ok, reading, transaction
from workflow.actors import actor
from workflow.definitions.schemas import known
from workflow.instances import actions, schemas, store
from workflow.tasks import schemas as tasks


def start_process(process_id: str, body: dict[str, Any]) -> Response:
    data = schemas.values(body.get("InstanceValues"))
    with transaction() as tx:
        instance = actions.start(tx, known(process_id), data, by=actor(caller()), at=now())
        return answered(tx, created(schemas.state(instance)))


def list_instances(process_id: str | None = None, after: str | None = None, limit: int = 20) -> Response:
    with reading() as tx:
        page = store.page(tx, known(process_id) if process_id else None, UUID(after) if after else None, limit)
    return ok([schemas.instance(each) for each in page])


def list_process_instances(process_id: str | None = None, after: str | None = None, limit: int = 20) -> Response:
    return list_instances(process_id, after, limit)


def get_instance(instance_id: str) -> Response:
    with reading() as tx:
        return ok(schemas.instance(store.find(tx, known(instance_id))))


def stop_instance(instance_id: str) -> Response:
    with transaction() as tx:
        instance = actions.stop(tx, known(instance_id), by=actor(caller()), at=now())
    return created(schemas.state(instance))


def get_instance_history(instance_id: str) -> Response:
    with reading() as tx:
        steps = store.steps(tx, store.find(tx, known(instance_id)).id)
    return ok({"items": [schemas.step(each) for each in steps]})


def complete_task(task_id: str, body: dict[str, Any]) -> Response:
    values = schemas.values(body.get("values"))
    with transaction() as tx:
        task = actions.complete(tx, UUID(task_id), values, by=actor(caller()), at=now())
        return answered(tx, ok(tasks.task(task)))
