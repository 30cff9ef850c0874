"""Monitoring hears of every contribution that came or changed; the tick folds them."""

from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from chassis.runtime import Handler
from engagement.monitoring import actions, store
from engagement.processes import tools

_MODERATED = tuple(f"engagement.contribution-{fact}.v1" for fact in ("hidden", "restored", "invalidated", "validated"))


def subscriptions() -> dict[str, Handler]:
    """One handler for each event by which a tool tells of its contributions, and those of the answers."""
    told = {
        event_type: _noting(taken.kind, field)
        for taken in tools.all_taken()
        for event_type, field in taken.told.items()
    }
    moderated = dict.fromkeys(_MODERATED, on_contribution_moderated)
    return {**told, **moderated, "engagement.decision-published.v1": on_decision_published}


def on_contribution_moderated(tx: Transaction, event: Event) -> None:
    store.note(tx, event.data["kind"], UUID(event.data["contributionId"]))


def on_decision_published(tx: Transaction, event: Event) -> None:
    actions.answered(tx, UUID(event.data["processId"]), UUID(event.data["proposalId"]), at=event.at)


def _noting(kind: str, field: str) -> Handler:
    def on_contribution(tx: Transaction, event: Event) -> None:
        store.note(tx, kind, UUID(event.data[field]))

    return on_contribution
