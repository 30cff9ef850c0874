"""The stories of a delivery: claimed, recorded."""

import logging
from datetime import datetime

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.sealing import Sealer
from messaging.channels.model import Outcome
from messaging.deliveries import store
from messaging.deliveries.model import Delivery
from messaging.messages import events
from messaging.messages import store as messages
from messaging.messages.model import Message, Status

log = logging.getLogger(__name__)


def claim(tx: Transaction, limit: int, *, at: datetime, sealer: Sealer) -> list[Message]:
    """Take up to `limit` messages that are due; nobody else gets them."""
    return messages.claim(tx, limit, at, sealer)


def release(tx: Transaction) -> int:
    """Let what a worker that died had claimed wait again; how many."""
    return messages.release(tx)


def record(tx: Transaction, message: Message, outcome: Outcome, *, channel: str, at: datetime) -> Message | None:
    """The message after the attempt, its line in the log and, for a delivered notice, the fact for others: together.
    None when the message is not claimed any more: then another worker has recorded it."""
    after = message.after(outcome, at)
    if not messages.save(tx, after):
        log.warning("a message was settled by another worker", extra={"message_id": str(message.id)})
        return None
    attempt = Delivery(
        ids.new(), after.id, after.attempts, at, channel, after.status, code=outcome.code, reason=after.reason
    )
    store.add(tx, attempt)
    if after.status is Status.DELIVERED and after.template is not None and after.about is not None:
        outbox.put(tx, events.notice_delivered(after, after.about, at))
    return after
