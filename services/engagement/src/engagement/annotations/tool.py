"""Consultation on a text, as a tool of a process."""

from chassis.database import Transaction
from engagement.annotations import actions, store
from engagement.annotations.model import ANNOTATION
from engagement.documents import store as documents
from engagement.processes.model import Process
from engagement.processes.tools import Moderated, Taken, Tool, Words


def _gaps(tx: Transaction, process: Process) -> list[str]:
    return [] if documents.has_published(tx, process.id) else ["/documents"]


TOOL = Tool(
    "documents",
    takes=(
        Taken(
            ANNOTATION,
            store.LEDGER,
            Moderated(store.TEXT, store.in_sight, actions.hide, actions.restore),
            told={"engagement.annotation-posted.v1": "annotationId"},
            facet=store.FACET,
            words=Words(store.SAID, store.erase),
        ),
    ),
    gaps=_gaps,
)
