"""Proposals and the support for them, as a tool of a process."""

from engagement.processes.tools import Moderated, Taken, Tool
from engagement.proposals import actions, store
from engagement.proposals.model import ENDORSEMENT, PROPOSAL

TOOL = Tool(
    "proposals",
    takes=(
        Taken(PROPOSAL, store.LEDGER, Moderated(store.TEXT, store.in_sight, actions.hide, actions.restore)),
        Taken(ENDORSEMENT, store.LEDGER_OF_SUPPORT),
    ),
)
