"""The block hears its own facts and folds them into counts; its inbox makes sure that each is folded once."""

from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from engagement.counts import store

_POSITIONS = {"in_favour": "in_favour", "neutral": "neutral", "against": "against", None: "without_position"}


def on_proposal_published(tx: Transaction, event: Event) -> None:
    process_id = UUID(event.data["processId"])
    store.add_to_process(tx, process_id, proposals=1)
    store.add_to_proposal(tx, UUID(event.data["proposalId"]), process_id, endorsements=0)


def on_proposal_endorsed(tx: Transaction, event: Event) -> None:
    _endorsements(tx, event, 1)


def on_endorsement_withdrawn(tx: Transaction, event: Event) -> None:
    _endorsements(tx, event, -1)


def on_comment_posted(tx: Transaction, event: Event) -> None:
    process_id = UUID(event.data["processId"])
    position = _POSITIONS[event.data.get("position")]
    store.add_to_process(tx, process_id, comments=1)
    store.add_to_proposal(tx, UUID(event.data["proposalId"]), process_id, comments=1, **{position: 1})


def on_contribution_hidden(tx: Transaction, event: Event) -> None:
    _shown(tx, event, -1)


def on_contribution_restored(tx: Transaction, event: Event) -> None:
    _shown(tx, event, 1)


def on_contribution_invalidated(tx: Transaction, event: Event) -> None:
    _shown(tx, event, -1)


def on_contribution_validated(tx: Transaction, event: Event) -> None:
    _shown(tx, event, 1)


def _endorsements(tx: Transaction, event: Event, by: int) -> None:
    process_id = UUID(event.data["processId"])
    store.add_to_process(tx, process_id, endorsements=by)
    store.add_to_proposal(tx, UUID(event.data["proposalId"]), process_id, endorsements=by)


def _shown(tx: Transaction, event: Event, by: int) -> None:
    process_id, kind = UUID(event.data["processId"]), event.data["kind"]
    if not event.data.get("counted", True):  # what officials found invalid was taken out of the counts already
        return
    if kind == "proposal":
        store.add_to_process(tx, process_id, proposals=by)
    elif kind == "comment":
        position = _POSITIONS[event.data.get("position")]
        store.add_to_process(tx, process_id, comments=by)
        store.add_to_proposal(tx, UUID(event.data["proposalId"]), process_id, comments=by, **{position: by})
