"""Members as they are stored."""

from sqlalchemy import delete, insert, select

from chassis.database import Transaction
from gateway.members.model import Member
from gateway.tables import member

_MOST = 10_000


def members(tx: Transaction) -> tuple[Member, ...]:
    """All members, by identifier."""
    rows = tx.execute(select(member.c.id, member.c.name).order_by(member.c.id).limit(_MOST))
    return tuple(Member.parse(row.id, row.name) for row in rows)


def add(tx: Transaction, added: tuple[Member, ...]) -> None:
    """Add members."""
    if added:
        tx.execute(insert(member), [{"id": str(each), "name": each.name} for each in added])


def remove_all(tx: Transaction) -> None:
    """Remove every member; applications first."""
    tx.execute(delete(member))
