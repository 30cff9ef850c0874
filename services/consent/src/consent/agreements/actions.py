"""The stories of a data agreement: written down, revised, terminated."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.database import Transaction
from chassis.sealing import Sealer
from consent.actors import Actor
from consent.agreements import store
from consent.agreements.model import Agreement
from consent.policies import store as policies
from consent.policies.model import Policy
from consent.revisions import actions as revisions
from consent.revisions import store as history
from consent.revisions.model import Content, Kind, Revision


def create(
    tx: Transaction, agreement: Agreement, policy_id: str, *, by: Actor, at: datetime, sealer: Sealer
) -> Revision:
    """Raises NotFound for the policy, IdTaken."""
    content = agreement.content(_policy(tx, policy_id))
    store.add(tx, agreement.id, policy_id, active=agreement.active)
    return _append(tx, content, after=None, action="created", by=by, at=at, sealer=sealer)


def revise(
    tx: Transaction, agreement: Agreement, policy_id: str, *, by: Actor, at: datetime, sealer: Sealer
) -> Revision:
    """Raises NotFound, Stale. Consent records keep the revision that they were given for."""
    content = agreement.content(_policy(tx, policy_id))
    before = store.locked(tx, agreement.id)
    store.move(tx, agreement.id, before.number, policy_id, active=agreement.active)
    return _append(tx, content, after=before, action="revised", by=by, at=at, sealer=sealer)


def terminate(tx: Transaction, agreement_id: str, *, by: Actor, at: datetime, sealer: Sealer) -> Revision:
    """No new consent from here on; it stays readable for those who gave theirs. Raises NotFound, Stale."""
    before = store.locked(tx, agreement_id)
    policy = Policy.of(before.content["policy"])
    content = replace(Agreement.of(before.content), active=False).content(policy)
    store.move(tx, agreement_id, before.number, policy.id, active=False)
    return _append(tx, content, after=before, action="terminated", by=by, at=at, sealer=sealer)


def shown(tx: Transaction, agreement_id: str, revision_id: UUID | None) -> Revision:
    """The agreement's latest revision or the one that is asked for. Raises NotFound."""
    latest = store.latest(tx, agreement_id)
    return latest if revision_id is None else history.of_object(tx, Kind.AGREEMENT, agreement_id, revision_id)


def _policy(tx: Transaction, policy_id: str) -> Policy:
    return Policy.of(policies.locked(tx, policy_id).content)


def _append(
    tx: Transaction, content: Content, *, after: Revision | None, action: str, by: Actor, at: datetime, sealer: Sealer
) -> Revision:
    return revisions.append(
        tx, Kind.AGREEMENT, content["id"], content, after=after, action=action, by=by, at=at, sealer=sealer
    )
