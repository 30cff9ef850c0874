"""The stories of the rules: read them, set others."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.database import Transaction
from chassis.errors import Stale
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.processes import store as processes
from engagement.rulebook import store
from engagement.rulebook.model import Rules
from engagement.rulebook.policy import may_moderate


def read(tx: Transaction, process_id: UUID, *, by: Actor) -> Rules:
    """Raises NotAModerator, NotFound."""
    may_moderate(by).require()
    return store.rules(tx, processes.find(tx, process_id).id)


def change(tx: Transaction, process_id: UUID, wanted: Rules, *, by: Actor, at: datetime) -> Rules:
    """`wanted.version` is the one that was read. Raises NotAModerator, NotFound, Stale."""
    may_moderate(by).require()
    process = processes.find_to_change(tx, process_id)  # where two who set rules for the first time meet
    if store.rules(tx, process.id).version != wanted.version:
        raise Stale("Someone else changed the rules.")
    changed = replace(wanted, version=wanted.version + 1)
    store.save(tx, process.id, changed)
    audit.record(tx, process.id, "moderation rules changed", process.id, by=by, at=at)
    return changed
