"""The stories of digests: something happened, a period is over."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from chassis.database import Transaction
from messaging.digests import store
from messaging.digests.model import Digest, grouped
from messaging.messages import actions as messages
from messaging.messages.model import Message, Notice, message
from messaging.templates.model import Item

_TEMPLATE = "digest"
_MOST_AT_ONCE = 200
_MOST_ITEMS = 30


def note(tx: Transaction, recipient: str | None, proposal_id: UUID, kind: str, *, at: datetime) -> None:
    """One more endorsement, comment or reply to tell a recipient of; there is nobody to tell without one."""
    if recipient is not None:
        store.add(tx, recipient, proposal_id, kind, at)


def send_due(tx: Transaction, period: timedelta, *, at: datetime) -> int:
    """Queue a digest for each whose oldest untold activity is a period old; how many. Call again until it is none."""
    due = grouped(store.take(tx, at - period, _MOST_AT_ONCE))
    for digest in due:
        messages.queue_notice(tx, _message(digest, at), at=at)
    return len(due)


def _message(digest: Digest, at: datetime) -> Message:
    items = tuple(
        Item(
            {"endorsements": each.endorsements, "comments": each.comments, "replies": each.replies},
            f"/ideas/{each.proposal_id}",
        )
        for each in digest.activities[:_MOST_ITEMS]
    )
    return replace(message(Notice(items=items), at), template=_TEMPLATE, recipient=digest.recipient)
