"""The block hears of its own support, after it was folded into the counts, and notices what was reached."""

from uuid import UUID

from chassis import outbox
from chassis.database import Transaction
from chassis.events import Event
from engagement.thresholds import events, store
from engagement.thresholds.model import Reached


def on_proposal_endorsed(tx: Transaction, event: Event) -> None:
    """The folded count is a hint; the rows decide."""
    proposal_id = UUID(event.data["proposalId"])
    if (nearly := store.nearly(tx, proposal_id)) is None:
        return
    process_id, needed = nearly
    counted = store.counted(tx, proposal_id)
    reached = Reached(proposal_id, process_id, needed, counted, event.at)
    if counted >= needed and store.add(tx, reached):
        outbox.put(tx, events.reached(reached, store.recipient(tx, proposal_id)))
