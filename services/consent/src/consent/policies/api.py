"""The door of policies."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import ids
from chassis.web import answered, caller, now, ok, reading, runtime, transaction
from consent.actors import actor
from consent.policies import actions, schemas, store
from consent.policies.model import Policy
from consent.revisions import schemas as revisions
from consent.revisions import store as history
from consent.revisions.model import Kind


def create_policy(body: dict[str, Any]) -> Response:
    policy = Policy.of({"id": str(ids.new()), **body["policy"]})
    with transaction() as tx:
        revision = actions.create(tx, policy, by=actor(caller()), at=now(), sealer=runtime().sealer)
        return answered(tx, ok(schemas.answer(revision)))


def read_policy(policy_id: str, revision_id: str | None = None) -> Response:
    return _shown(policy_id, revision_id)


def show_policy(policy_id: str, revision_id: str | None = None) -> Response:
    return _shown(policy_id, revision_id)


def revise_policy(policy_id: str, body: dict[str, Any]) -> Response:
    policy = Policy.of(body["policy"] | {"id": policy_id})
    with transaction() as tx:
        revision = actions.revise(tx, policy, by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok(schemas.answer(revision))


def withdraw_policy(policy_id: str) -> Response:
    with transaction() as tx:
        revision = actions.withdraw(tx, policy_id, by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok({"revision": revisions.revision(revision)})


def list_policy_revisions(policy_id: str, offset: int = 0, limit: int = 20) -> Response:
    with reading() as tx:
        latest = actions.shown(tx, policy_id, None)
        page = history.history(tx, Kind.POLICY, policy_id, offset, limit)
        after = history.successor(tx, page[0]) if page else None
    return ok({"policy": Policy.of(latest.content).content(), "revisions": revisions.revisions(page, after)})


def list_policies(offset: int = 0, limit: int = 20) -> Response:
    with reading() as tx:
        page = store.page(tx, offset, limit)
    return ok({"policies": [policy.content() for policy in page]})


def _shown(policy_id: str, revision_id: str | None) -> Response:
    with reading() as tx:
        revision = actions.shown(tx, policy_id, UUID(revision_id) if revision_id else None)
        after = history.successor(tx, revision)
    return ok(schemas.answer(revision, after))
