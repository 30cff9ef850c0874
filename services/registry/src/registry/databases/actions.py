"""The stories of a registry: its next version is drafted, then published."""

from datetime import datetime

from chassis.database import Transaction
from registry.actors import Actor
from registry.databases import store
from registry.databases.model import Registry
from registry.databases.schemas import Draft


def draft(tx: Transaction, wanted: Draft, *, by: Actor, at: datetime) -> Registry:
    """Raises SchemaUnusable, Stale."""
    before = store.newest(tx, wanted.name)
    registry = Registry(
        name=wanted.name,
        number=before.number + 1 if before else 1,
        description=wanted.description,
        one_entry_per_person=wanted.one_entry_per_person,
        sealed=wanted.sealed,
        schema=wanted.schema,
        drafted_by=by.subject or by.application,
        drafted_at=at,
    ).usable()
    store.add(tx, registry)
    return registry


def publish(tx: Transaction, name: str, number: int, *, at: datetime) -> Registry:
    """Raises NotFound, NotDraft."""
    published = store.find(tx, name, number).published(at)
    store.publish(tx, published)
    return published
