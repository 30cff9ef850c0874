"""Every query about agreements. The row points at the revision that holds the agreement."""

from sqlalchemy import and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound
from consent.policies.model import IdTaken
from consent.revisions.model import Content, Kind, Revision
from consent.tables import agreement, revision

_LATEST = select(revision).join(
    agreement,
    and_(
        revision.c.schema_name == Kind.AGREEMENT,
        revision.c.object_id == agreement.c.id,
        revision.c.number == agreement.c.number,
    ),
)


def latest(tx: Transaction, agreement_id: str) -> Revision:
    """The revision that holds the agreement now. Raises NotFound."""
    row = tx.execute(_LATEST.where(agreement.c.id == agreement_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such data agreement.")
    return Revision(**row)


def locked(tx: Transaction, agreement_id: str) -> Revision:
    """The same, held until the transaction ends. Raises NotFound."""
    tx.execute(select(agreement.c.id).where(agreement.c.id == agreement_id).with_for_update())
    return latest(tx, agreement_id)


def page(tx: Transaction, offset: int, limit: int) -> list[Content]:
    """By id, in the official spelling."""
    rows = tx.execute(_LATEST.order_by(agreement.c.id).offset(offset).limit(limit)).mappings()
    return [Revision(**row).content for row in rows]


def add(tx: Transaction, agreement_id: str, policy_id: str, *, active: bool) -> None:
    """An agreement whose first revision follows. Raises IdTaken."""
    row = {"id": agreement_id, "number": 1, "policy_id": policy_id, "active": active}
    try:
        with tx.savepoint():
            tx.execute(insert(agreement), row)
    except IntegrityError:
        raise IdTaken("There is a data agreement of this id.") from None


def move(tx: Transaction, agreement_id: str, after: int, policy_id: str, *, active: bool) -> None:
    """To the revision after this number. Raises Stale."""
    its = (agreement.c.id == agreement_id) & (agreement.c.number == after)
    tx.change_one(update(agreement).where(its).values(number=after + 1, policy_id=policy_id, active=active))
