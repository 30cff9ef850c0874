"""Every query about activity."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from messaging.digests.model import Activity
from messaging.tables import activity

_NONE = {"endorsements": 0, "comments": 0, "replies": 0}


def add(tx: Transaction, recipient: str, proposal_id: UUID, kind: str, at: datetime) -> None:
    """One more of a kind: endorsements, comments or replies."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = {"recipient": recipient, "proposal_id": proposal_id, "first_at": at, "last_at": at, **_NONE, kind: 1}
    added = dialect.insert(activity).values(row)
    changes = {kind: activity.c[kind] + 1, "last_at": at}
    tx.execute(added.on_conflict_do_update(index_elements=["recipient", "proposal_id"], set_=changes))


def take(tx: Transaction, until: datetime, limit: int) -> list[Activity]:
    """All activity of up to `limit` recipients whose oldest is not after `until`; it is gone from here."""
    due = (
        select(activity.c.recipient)
        .group_by(activity.c.recipient)
        .having(func.min(activity.c.first_at) <= until)
        .order_by(func.min(activity.c.first_at))
        .limit(limit)
    )
    taken = delete(activity).where(activity.c.recipient.in_(due)).returning(*activity.c)
    return [
        Activity(row.recipient, row.proposal_id, row.endorsements, row.comments, row.replies, row.last_at)
        for row in tx.execute(taken)
    ]
