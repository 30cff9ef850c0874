"""What happens to ideas, counted for those who want to hear of it."""

from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from messaging.digests import actions


def on_proposal_endorsed(tx: Transaction, event: Event) -> None:
    actions.note(tx, event.data["recipient"], UUID(event.data["proposalId"]), "endorsements", at=event.at)


def on_comment_posted(tx: Transaction, event: Event) -> None:
    """The author hears of a comment; whoever was answered hears of a reply, once if she is the author too."""
    proposal_id = UUID(event.data["proposalId"])
    author, answered = event.data["recipient"], event.data["parentRecipient"]
    if author != answered:
        actions.note(tx, author, proposal_id, "comments", at=event.at)
    actions.note(tx, answered, proposal_id, "replies", at=event.at)
