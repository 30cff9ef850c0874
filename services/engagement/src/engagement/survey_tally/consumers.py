"""What the figures do when responses change. Answers are read when they are folded, never from an event."""

from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from chassis.runtime import Handler
from engagement.survey_tally import actions


def on_response_changed(tx: Transaction, event: Event) -> None:
    """Submitted, changed or withdrawn: whatever it was, the response is looked at again."""
    actions.note(tx, UUID(event.data["surveyId"]), UUID(event.data["responseId"]), event.id)


SUBSCRIPTIONS: dict[str, Handler] = {
    f"engagement.response-{fact}.v1": on_response_changed for fact in ("submitted", "changed", "withdrawn")
}
