"""What a process does when the scheduler speaks."""

from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from engagement.processes import actions

_STORIES = {"phase-opens": actions.open_phase, "phase-closes": actions.close_phase}


def on_alert_fired(tx: Transaction, event: Event) -> None:
    """An alert of a phase opens or closes it; alerts about other things are not ours."""
    story = _STORIES.get(event.data["kind"])
    if story is not None:
        story(tx, UUID(event.data["subject"]), at=event.at)
