"""The story of an annotation in the next version."""

from datetime import datetime
from uuid import UUID

from chassis import outbox
from chassis.database import Transaction
from engagement.anchoring import events, model, store
from engagement.anchoring.model import Passage
from engagement.documents import store as documents

BATCH = 500


def passage(tx: Transaction, earlier_id: UUID, version_id: UUID) -> Passage:
    """From one version's text to the next one's."""
    return model.passage(version_id, documents.blocks(tx, earlier_id), documents.blocks(tx, version_id))


def carry(tx: Transaction, earlier_id: UUID, over: Passage) -> int:
    """Some of those that wait; how many. None are left once it is 0."""
    waiting = store.waiting(tx, earlier_id, over.version_id, BATCH)
    if waiting:
        store.add(tx, [model.carried(each, over) for each in waiting])
    return len(waiting)


def finish(tx: Transaction, document_id: UUID, version_id: UUID, *, at: datetime) -> None:
    """All are carried over; told once."""
    if store.finish(tx, version_id, at):
        found = store.outcomes(tx, version_id)
        outbox.put(tx, events.anchored(documents.find(tx, document_id), version_id, found, at))
