"""The stories of facts and rumours: say them, say them anew. What was said before stays."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from chassis.errors import Stale
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.facts import store
from engagement.facts.model import Answer, FactBox, Rumour, Source
from engagement.processes import store as processes
from engagement.processes.model import Text
from engagement.processes.policy import may_work_on


def state_facts(
    tx: Transaction, process_id: UUID, body: Text, sources: tuple[Source, ...], after: int, *, by: Actor, at: datetime
) -> FactBox:
    """The version that follows number `after` (0: none). Raises NotAnOfficial, NotFound, Stale."""
    may_work_on(by).require()
    process = processes.find_to_change(tx, process_id)
    current = store.latest(tx, process.id)
    if (current.number if current else 0) != after:
        raise Stale("Someone else changed the facts.")
    stated = FactBox(process.id, after + 1, body, sources, by.subject or "", at)
    store.add_box(tx, stated)
    audit.record(tx, process.id, "facts stated", process.id, by=by, at=at)
    return stated


def register_rumour(
    tx: Transaction, process_id: UUID, claim: Text, answer: Answer, *, by: Actor, at: datetime
) -> Rumour:
    """Raises NotAnOfficial, NotFound."""
    may_work_on(by).require()
    process = processes.find(tx, process_id)
    registered = Rumour(ids.new(), 1, process.id, claim, answer, by.subject or "", at)
    store.add_rumour(tx, registered)
    audit.record(tx, process.id, "rumour registered", registered.id, by=by, at=at)
    return registered


def answer_rumour(tx: Transaction, rumour_id: UUID, number: int, answer: Answer, *, by: Actor, at: datetime) -> Rumour:
    """Another answer to the same claim, in the place of version `number`. Raises NotAnOfficial, NotFound, Stale."""
    may_work_on(by).require()
    before = store.find_rumour(tx, rumour_id)
    if before.number != number:
        raise Stale("Someone else answered this rumour.")
    answered = replace(before, number=number + 1, answer=answer, by=by.subject or "", at=at)
    store.add_rumour(tx, answered)
    audit.record(tx, before.process_id, "rumour answered", rumour_id, by=by, at=at)
    return answered
