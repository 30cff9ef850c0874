"""What results do when messaging speaks."""

from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from engagement.results import store

_CLOSING = "feedback"


def on_notice_delivered(tx: Transaction, event: Event) -> None:
    """A closing notice is counted once by its message; other notices are not ours to count."""
    if event.data["template"] == _CLOSING:
        store.add_notice(tx, event.data["messageId"], UUID(event.data["about"]), event.at)
