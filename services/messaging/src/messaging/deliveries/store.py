"""Every query about deliveries. The log is written and read, never changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, tuple_

from chassis.database import Transaction
from messaging.deliveries.model import Delivery
from messaging.tables import delivery, message, request

_LOG = (
    select(*delivery.c, message.c.template, request.c.application.label("source"))
    .join(message, message.c.id == delivery.c.message_id)
    .outerjoin(request, request.c.id == message.c.request_id)
    .order_by(delivery.c.at.desc(), delivery.c.id.desc())
)


def add(tx: Transaction, added: Delivery) -> None:
    """One attempt."""
    row = {column.name: getattr(added, column.name) for column in delivery.columns}
    tx.execute(insert(delivery), row)


def page(tx: Transaction, message_id: UUID | None, after: tuple[datetime, UUID] | None, limit: int) -> list[Delivery]:
    """Newest first; of one message, or of all."""
    query = _LOG
    if message_id is not None:
        query = query.where(delivery.c.message_id == message_id)
    if after is not None:
        query = query.where(tuple_(delivery.c.at, delivery.c.id) < after)
    return [Delivery(**row) for row in tx.execute(query.limit(limit)).mappings()]
