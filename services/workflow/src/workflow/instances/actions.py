"""The stories of an instance: start, go on, stop. One step is one transaction; two workers who take the same step meet
at the version, and the slower one is told that it is stale."""

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from chassis.errors import Invalid
from workflow import engine
from workflow.actors import Actor
from workflow.definitions import policy as definitions_policy
from workflow.definitions import store as definitions
from workflow.definitions.model import LIFECYCLE, Definition
from workflow.instances import store
from workflow.instances.model import Instance, Kind, Life, Step, step_of
from workflow.steps import Complete, Effects, Message, NotAwaited
from workflow.tasks import actions as tasks
from workflow.tasks import policy as tasks_policy
from workflow.tasks import store as tasks_store
from workflow.tasks.model import Task


def start(tx: Transaction, definition_id: UUID, data: dict[str, Any], *, by: Actor, at: datetime) -> Instance:
    """Raises NotFound, DefinitionClosed, InstanceExists, CannotGoOn; Invalid when the lifecycle is not told its
    process."""
    definition = definitions.find(tx, definition_id)
    definitions_policy.may_start(definition).require()
    process_id = _process(data) if definition.key == LIFECYCLE else None
    return begin(tx, definition, data, process_id, by=by, at=at)


def begin(
    tx: Transaction, definition: Definition, data: dict[str, Any], process_id: UUID | None, *, by: Actor, at: datetime
) -> Instance:
    """Run a definition up to its first wait. Raises InstanceExists, CannotGoOn."""
    state, effects = engine.begin(definition.facts.xml, data)
    life = Life.COMPLETED if effects.ended else Life.ACTIVE
    instance = Instance(ids.new(), definition.id, definition.newest, process_id, state, by.id, at, at, life)
    store.add(tx, instance, Step(1, at, Kind.STARTED, by.id, values=data))
    _settle(tx, instance, effects, at)
    return instance


def advance(tx: Transaction, instance: Instance, given: Complete | Message, *, by: Actor, at: datetime) -> Instance:
    """One step on. Raises NotAwaited, CannotGoOn, Stale."""
    if not instance.is_active:
        raise NotAwaited("The instance has ended.")
    xml = definitions.body(tx, instance.definition_id, instance.definition_version)
    state, effects = engine.advance(xml, instance.engine_state, given)
    moved = instance.moved(state, effects.ended, at)
    store.save(tx, moved, step_of(given, moved.version, by.id, at))
    if isinstance(given, Complete):
        done = next(task for task in tasks_store.open_of(tx, instance.id) if task.element == given.element)
        tasks.complete(tx, done, at=at)
    _settle(tx, moved, effects, at)
    return moved


def complete(tx: Transaction, task_id: UUID, values: dict[str, Any], *, by: Actor, at: datetime) -> Task:
    """A task that no fact completes. Raises NotFound, CompletedByEvent, TaskNotOpen, CannotGoOn, Stale."""
    instance = store.hold(tx, tasks_store.find(tx, task_id).instance_id)
    task = tasks_store.find(tx, task_id)  # as it is now: a step may have opened another of the same element
    tasks_policy.may_complete(task).require()
    advance(tx, instance, Complete(task.element, values), by=by, at=at)
    return tasks_store.find(tx, task_id)


def stop(tx: Transaction, instance_id: UUID, *, by: Actor, at: datetime) -> Instance:
    """For good; an instance that has ended stays as it is. Raises NotFound, Stale."""
    instance = store.find(tx, instance_id)
    if not instance.is_active:
        return instance
    stopped = instance.stopped(at)
    store.save(tx, stopped, Step(stopped.version, at, Kind.STOPPED, by.id))
    tasks.cancel_all(tx, instance_id)
    return stopped


def agrees_with_history(tx: Transaction, instance_id: UUID) -> bool:
    """Whether the stored state is what the history leads to."""
    instance = store.find(tx, instance_id)
    first, *later = store.steps(tx, instance_id)
    xml = definitions.body(tx, instance.definition_id, instance.definition_version)
    inputs = [step.given for step in later if step.given is not None]
    replayed = engine.replay(xml, first.values or {}, inputs)
    return engine.position(xml, replayed) == engine.position(xml, instance.engine_state)


def _settle(tx: Transaction, instance: Instance, effects: Effects, at: datetime) -> None:
    tasks.cancel(tx, instance.id, effects.cancelled)
    tasks.open_all(tx, instance.id, instance.process_id, effects.opened, at=at)


def _process(data: dict[str, Any]) -> UUID:
    try:
        return UUID(str(data["processId"]))
    except (KeyError, ValueError):
        detail = "is the id of a participation process"
        raise Invalid(
            "The lifecycle follows a participation process.", [("InstanceValues/processId", detail)]
        ) from None
