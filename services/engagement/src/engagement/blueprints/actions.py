"""The stories of blueprints: choose one, begin from it, save one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from engagement.actors import Actor
from engagement.blueprints import store
from engagement.blueprints.model import Blueprint, plan
from engagement.blueprints.shipped import shipped
from engagement.processes import actions as processes
from engagement.processes import schemas, tools
from engagement.processes.model import Process, Text
from engagement.processes.policy import may_work_on


def offered(tx: Transaction, after: tuple[datetime, UUID] | None, limit: int, *, by: Actor) -> list[Blueprint]:
    """First to last; those that come with the block only where it has their tools. Raises NotAnOfficial."""
    may_work_on(by).require()
    ours = [each for each in shipped() if each.kinds() <= tools.kinds()]
    later = [each for each in ours if after is None or (each.created_at, each.id) > after]
    return [*later, *store.page(tx, after, limit)][:limit]


def begin(
    tx: Transaction, blueprint_id: UUID, named: Mapping[str, Any], opens_at: datetime, *, by: Actor, at: datetime
) -> Process:
    """A draft. Raises NotFound, NotAnOfficial, PhaseOrder, UnknownKind, SlugTaken."""
    may_work_on(by).require()
    chosen = next((each for each in shipped() if each.id == blueprint_id), None) or store.find(tx, blueprint_id)
    return processes.draft(tx, schemas.DRAFT.load(chosen.draft(named, opens_at)), by=by, at=at)


def save(
    tx: Transaction, process_id: UUID, title: Text, description: Text | None, *, by: Actor, at: datetime
) -> Blueprint:
    """Raises NotFound, NotAnOfficial."""
    may_work_on(by).require()
    process = processes.visible(tx, process_id, by=by)
    draft = {name: value for name, value in schemas.public(process).items() if name in schemas.DRAFTED}
    saved = Blueprint(ids.new(), title, description, plan(draft, process.phases), at)
    store.add(tx, saved, by.subject or "")
    return saved
