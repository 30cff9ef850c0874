"""What follows when a response was changed."""

from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from engagement.monitoring import store as monitoring
from engagement.responses.model import RESPONSE


def on_response_changed(tx: Transaction, event: Event) -> None:
    """The name under which it counted before counts no more."""
    monitoring.note(tx, RESPONSE, UUID(event.data["replacedId"]))
