"""The stories of a trigger: a process begins, a fact comes, and what waits is applied as far as it goes."""

from datetime import datetime
from uuid import UUID

from chassis.database import Transaction
from workflow.actors import ENGAGEMENT
from workflow.definitions import actions as definitions
from workflow.instances import actions as instances
from workflow.instances import store as instances_store
from workflow.instances.model import Instance
from workflow.steps import NotAwaited
from workflow.triggers import store
from workflow.triggers.model import INPUTS, Fact, State


def begin(tx: Transaction, process_id: UUID, *, at: datetime) -> None:
    """A process was drafted: its one instance starts."""
    store.lock(tx, process_id)
    if instances_store.of_process(tx, process_id) is None:
        definition = definitions.ensure_lifecycle(tx, at=at)
        data = {"processId": str(process_id)}
        instances.begin(tx, definition, data, process_id, by=ENGAGEMENT, at=at)
    _apply(tx, process_id, at)


def receive(tx: Transaction, process_id: UUID, fact: Fact, *, at: datetime) -> None:
    """A fact came, in its turn or not."""
    store.lock(tx, process_id)
    store.note(tx, process_id, fact, at)
    _apply(tx, process_id, at)


def _apply(tx: Transaction, process_id: UUID, at: datetime) -> None:
    instance = instances_store.of_process(tx, process_id)
    while instance is not None and (moved := _one(tx, process_id, instance, at)):
        instance = moved
    if instance is not None and not instance.is_active:
        for fact in store.waiting(tx, process_id):
            store.settle(tx, process_id, fact, State.VOID)


def _one(tx: Transaction, process_id: UUID, instance: Instance, at: datetime) -> Instance | None:
    """The instance after the first fact that it waits for; None when it waits for none of them."""
    for fact in store.waiting(tx, process_id):
        try:
            moved = instances.advance(tx, instance, INPUTS[fact], by=ENGAGEMENT, at=at)
        except NotAwaited:
            continue
        store.settle(tx, process_id, fact, State.APPLIED)
        return moved
    return None
