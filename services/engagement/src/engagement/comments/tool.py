"""Comments on proposals, as a tool of a process."""

from engagement.comments import actions, store
from engagement.comments.data import COMMENTS
from engagement.comments.model import COMMENT
from engagement.erasure.store import OF_COMMENTS, erase_comment
from engagement.processes.tools import Moderated, Taken, Tool, Words

TOOL = Tool(
    "comments",
    takes=(
        Taken(
            COMMENT,
            store.LEDGER,
            Moderated(store.TEXT, store.in_sight, actions.hide, actions.restore),
            told={"engagement.comment-posted.v1": "commentId"},
            facet=store.FACET,
            words=Words(OF_COMMENTS, erase_comment),
        ),
    ),
    datasets=(COMMENTS,),
)
