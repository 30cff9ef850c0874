"""What the consent block's facts make us do."""

from chassis.database import Transaction
from chassis.events import Event
from engagement.mydata import actions


def on_record_withdrawn(tx: Transaction, event: Event) -> None:
    actions.consent_withdrawn(tx, event.data["consentRecordId"], at=event.at)
