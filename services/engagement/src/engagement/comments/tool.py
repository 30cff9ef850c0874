"""Comments on proposals, as a tool of a process."""

from engagement.comments import actions, store
from engagement.comments.model import COMMENT
from engagement.processes.tools import Moderated, Taken, Tool

TOOL = Tool(
    "comments",
    takes=(Taken(COMMENT, store.LEDGER, Moderated(store.TEXT, store.in_sight, actions.hide, actions.restore)),),
)
