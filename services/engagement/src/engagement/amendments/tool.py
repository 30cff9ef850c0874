"""Amendments of proposals, as a tool of a process."""

from engagement.amendments import actions, store
from engagement.amendments.model import AMENDMENT
from engagement.processes.tools import Moderated, Taken, Tool, Words

TOOL = Tool(
    "amendments",
    takes=(
        Taken(
            AMENDMENT,
            store.LEDGER,
            Moderated(store.TEXT, store.in_sight, actions.hide, actions.restore),
            told={"engagement.amendment-proposed.v1": "amendmentId"},
            words=Words(store.WORDS, store.erase),
        ),
    ),
)
