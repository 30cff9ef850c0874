"""The stories of a definition: deploy, revise, remove, and bring what comes with the package."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from workflow import engine
from workflow.definitions import policy, store
from workflow.definitions.model import LIFECYCLE, Definition, Facts

LIFECYCLE_LABEL = "1.0"


def deploy(tx: Transaction, facts: Facts, *, at: datetime) -> Definition:
    """Raises MalformedBpmn."""
    engine.check(facts.xml)
    definition = Definition(ids.new(), facts)
    store.add(tx, definition, at)
    return definition


def revise(tx: Transaction, definition_id: UUID, facts: Facts, *, at: datetime) -> Definition:
    """Instances that run keep their version. Raises NotFound, MalformedBpmn."""
    before = store.hold(tx, definition_id)
    engine.check(facts.xml)
    definition = before.revised(facts)
    store.save(tx, definition)
    if definition.newest != before.newest:
        store.add_version(tx, definition, at)
    return definition


def remove(tx: Transaction, definition_id: UUID, *, at: datetime) -> Definition:
    """Raises NotFound, DefinitionKept."""
    definition = store.find(tx, definition_id)
    policy.may_remove(definition).require()
    store.remove(tx, definition_id, at)
    return definition


def ensure_lifecycle(tx: Transaction, *, at: datetime) -> Definition:
    """The lifecycle of participation processes. The package's file is deployed once: an administrator's later version
    stands until the package brings another file."""
    facts = lifecycle()
    known = store.of_package(tx, LIFECYCLE)
    if known is None:
        definition = Definition(ids.new(), facts, key=LIFECYCLE)
        store.add(tx, definition, at)
        return definition
    if store.was_deployed(tx, known.id, facts.xml):
        return known
    return revise(tx, known.id, facts, at=at)


@cache
def lifecycle() -> Facts:
    """The definition that comes with the package."""
    xml = (files("workflow") / f"{LIFECYCLE}.bpmn").read_text("utf-8")
    about = "From the draft of a participation process to its published decisions."
    return Facts("Lifecycle of a participation process", "Private", LIFECYCLE_LABEL, xml, description=about)
