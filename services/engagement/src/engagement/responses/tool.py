"""Surveys, as a tool of a process."""

from chassis.database import Transaction
from engagement.processes.model import Process
from engagement.processes.tools import Taken, Tool, Words
from engagement.responses import actions, store
from engagement.responses.model import RESPONSE
from engagement.surveys import store as surveys

_FACTS = ("response-submitted", "response-changed", "response-withdrawn")


def _gaps(tx: Transaction, process: Process) -> list[str]:
    return [] if surveys.is_asked(tx, process.id) else ["/surveys"]


TOOL = Tool(
    "surveys",
    takes=(
        Taken(
            RESPONSE,
            store.LEDGER,
            told={f"engagement.{fact}.v1": "contributionId" for fact in _FACTS},
            words=Words(store.SAID, actions.erase),
        ),
    ),
    gaps=_gaps,
)
