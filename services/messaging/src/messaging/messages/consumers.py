"""What engagement's facts make us write."""

from dataclasses import replace
from urllib.parse import quote
from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from messaging.messages import actions
from messaging.messages.model import Notice, message

_FEEDBACK = "feedback"


def on_feedback_due(tx: Transaction, event: Event) -> None:
    """One closing notice a contributor and process, however often it is asked for."""
    process_id, participant_id = event.data["processId"], event.data["participantId"]
    notice = replace(
        message(Notice(path=f"/processes/{quote(event.data['slug'], safe='')}/results"), event.at),
        event_id=event.id,
        once=f"{_FEEDBACK} {process_id} {participant_id}",
        template=_FEEDBACK,
        about=UUID(process_id),
        recipient=event.data["recipient"],
        language=event.data["language"],
    )
    actions.queue_notice(tx, notice, at=event.at)
