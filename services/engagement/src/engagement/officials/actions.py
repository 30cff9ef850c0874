"""The stories of officials: introduce oneself, give a role."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.officials import policy, store
from engagement.officials.model import Assignment, Official, assigned, held
from engagement.processes import actions as processes
from engagement.processes import store as processes_store
from engagement.processes.model import Role


def introduce(
    tx: Transaction, display_name: str, unit: str | None, *, by: Actor, at: datetime, sealer: Sealer
) -> Official:
    """Raises NotStaff."""
    policy.may_know_colleagues(by).require()
    return store.save(tx, Official(ids.new(), by.subject or "", display_name, unit), at, sealer)


def assign(
    tx: Transaction,
    process_id: UUID,
    official_id: UUID,
    roles: list[Role],
    *,
    by: Actor,
    at: datetime,
    sealer: Sealer,
) -> Assignment:
    """Give an official exactly these roles. Raises NotFound, NotAnOfficial, NotYourRole, UnknownOfficial, Stale."""
    process = processes.editable(tx, process_id, by=by)
    official = store.find(tx, official_id, sealer)
    given = assigned(process.roles, official.subject, roles)
    processes_store.save(tx, replace(process, roles=given, version=process.version + 1))
    told = ", ".join(roles) or "none"
    audit.record(tx, process.id, "roles given", official.id, by=by, at=at, reason=told)
    return Assignment(official, held(given, official.subject))


def assignments(tx: Transaction, process_id: UUID, *, by: Actor, sealer: Sealer) -> list[Assignment]:
    """Everybody with a role. Raises NotFound, NotStaff."""
    policy.may_know_colleagues(by).require()
    roles = processes.visible(tx, process_id, by=by).roles
    everybody = (subject for holders in roles.values() for subject in holders)
    return [Assignment(each, held(roles, each.subject)) for each in store.of_subjects(tx, everybody, sealer)]
