"""The stories of a policy: written down, revised, withdrawn."""

from datetime import datetime
from uuid import UUID

from chassis.database import Transaction
from chassis.sealing import Sealer
from consent.actors import Actor
from consent.policies import store
from consent.policies.model import Policy, PolicyInUse
from consent.revisions import actions as revisions
from consent.revisions import store as history
from consent.revisions.model import Kind, Revision


def create(tx: Transaction, policy: Policy, *, by: Actor, at: datetime, sealer: Sealer) -> Revision:
    """Raises IdTaken."""
    store.add(tx, policy.id)
    content = policy.content()
    return revisions.append(
        tx, Kind.POLICY, policy.id, content, after=None, action="created", by=by, at=at, sealer=sealer
    )


def revise(tx: Transaction, policy: Policy, *, by: Actor, at: datetime, sealer: Sealer) -> Revision:
    """Raises NotFound, Stale. Agreements keep the revision that they were written under."""
    before = store.locked(tx, policy.id)
    store.move(tx, policy.id, before.number)
    content = policy.content()
    return revisions.append(
        tx, Kind.POLICY, policy.id, content, after=before, action="revised", by=by, at=at, sealer=sealer
    )


def withdraw(tx: Transaction, policy_id: str, *, by: Actor, at: datetime, sealer: Sealer) -> Revision:
    """Its revisions stay. Raises NotFound, PolicyInUse, Stale."""
    before = store.locked(tx, policy_id)
    if store.in_use(tx, policy_id):
        raise PolicyInUse("An active data agreement uses this policy.")
    store.move(tx, policy_id, before.number, withdrawn=True)
    content = before.content | {"withdrawn": True}
    return revisions.append(
        tx, Kind.POLICY, policy_id, content, after=before, action="withdrawn", by=by, at=at, sealer=sealer
    )


def shown(tx: Transaction, policy_id: str, revision_id: UUID | None) -> Revision:
    """The policy's latest revision or the one that is asked for. Raises NotFound."""
    latest = store.latest(tx, policy_id)
    return latest if revision_id is None else history.of_object(tx, Kind.POLICY, policy_id, revision_id)
