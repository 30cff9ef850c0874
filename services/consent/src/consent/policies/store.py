"""Every query about policies. The row points at the revision that holds the policy."""

from sqlalchemy import and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound
from consent.policies.model import IdTaken, Policy
from consent.revisions.model import Kind, Revision
from consent.tables import agreement, policy, revision

_LATEST = and_(
    revision.c.schema_name == Kind.POLICY, revision.c.object_id == policy.c.id, revision.c.number == policy.c.number
)
_STANDING = select(revision).join(policy, _LATEST).where(policy.c.withdrawn.is_(False))


def latest(tx: Transaction, policy_id: str) -> Revision:
    """The revision that holds the policy now. Raises NotFound, also for one that was withdrawn."""
    row = tx.execute(_STANDING.where(policy.c.id == policy_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such policy.")
    return Revision(**row)


def locked(tx: Transaction, policy_id: str) -> Revision:
    """The same, held until the transaction ends. Raises NotFound, also for one that was withdrawn."""
    tx.execute(select(policy.c.id).where(policy.c.id == policy_id).with_for_update())
    return latest(tx, policy_id)


def page(tx: Transaction, offset: int, limit: int) -> list[Policy]:
    """By id."""
    rows = tx.execute(_STANDING.order_by(policy.c.id).offset(offset).limit(limit)).mappings()
    return [Policy.of(Revision(**row).content) for row in rows]


def add(tx: Transaction, policy_id: str) -> None:
    """A policy whose first revision follows. Raises IdTaken."""
    try:
        with tx.savepoint():
            tx.execute(insert(policy), {"id": policy_id, "number": 1, "withdrawn": False})
    except IntegrityError:
        raise IdTaken("There is a policy of this id.") from None


def move(tx: Transaction, policy_id: str, after: int, *, withdrawn: bool = False) -> None:
    """To the revision after this number. Raises Stale."""
    its = (policy.c.id == policy_id) & (policy.c.number == after)
    tx.change_one(update(policy).where(its).values(number=after + 1, withdrawn=withdrawn))


def in_use(tx: Transaction, policy_id: str) -> bool:
    """Whether an active agreement refers to it."""
    its = (agreement.c.policy_id == policy_id) & agreement.c.active
    return tx.execute(select(agreement.c.id).where(its).limit(1)).first() is not None
