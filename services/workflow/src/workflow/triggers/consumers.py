"""What the workflow does when engagement speaks."""

from uuid import UUID

from chassis.database import Transaction
from chassis.events import Event
from workflow.triggers import actions
from workflow.triggers.model import Fact


def on_process_drafted(tx: Transaction, event: Event) -> None:
    actions.begin(tx, _process(event), at=event.at)


def on_process_approved(tx: Transaction, event: Event) -> None:
    actions.receive(tx, _process(event), Fact.APPROVED, at=event.at)


def on_phase_closed(tx: Transaction, event: Event) -> None:
    """Only the last phase's closing moves the instance."""
    if event.data["last"]:
        actions.receive(tx, _process(event), Fact.PHASES_CLOSED, at=event.at)


def on_results_sealed(tx: Transaction, event: Event) -> None:
    actions.receive(tx, _process(event), Fact.SEALED, at=event.at)


def on_process_decided(tx: Transaction, event: Event) -> None:
    actions.receive(tx, _process(event), Fact.DECIDED, at=event.at)


def _process(event: Event) -> UUID:
    return UUID(event.data["processId"])
