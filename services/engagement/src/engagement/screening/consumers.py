"""What the filters do when something was published. A repeat changes nothing: the chassis' inbox has seen it."""

from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from engagement.cases.model import Subject
from engagement.contributions import Kind
from engagement.screening import actions


def on_proposal_published(tx: Transaction, event: Event) -> None:
    actions.screen(tx, Subject(Kind("proposal"), UUID(event.data["proposalId"])), at=event.at)


def on_comment_posted(tx: Transaction, event: Event) -> None:
    actions.screen(tx, Subject(Kind("comment"), UUID(event.data["commentId"])), at=event.at)
