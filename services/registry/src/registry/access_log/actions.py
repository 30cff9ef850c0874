"""Reading the log is a read like others: it leaves a row."""

from datetime import datetime

from chassis.database import Transaction
from chassis.sealing import Sealer
from registry.access_log import store
from registry.access_log.model import Action, NotYourId, Row
from registry.actors import Actor


def usage(
    tx: Transaction, user_id: str | None, registry: str | None, limit: int, *, by: Actor, at: datetime, sealer: Sealer
) -> list[tuple[Row, list[str]]]:
    """Who read the caller's data. Raises NotYourId when `user_id` is not the caller."""
    if by.subject is None or user_id not in (None, by.subject):
        raise NotYourId("Only your own usage is shown; leave userId out.")
    found = store.usage(tx, by.subject, registry, limit)
    _note(tx, registry, by, at, sealer)
    return found


def page(tx: Transaction, before: int | None, limit: int, *, by: Actor, at: datetime, sealer: Sealer) -> list[Row]:
    """Newest first."""
    found = store.page(tx, before, limit)
    _note(tx, None, by, at, sealer)
    return found


def _note(tx: Transaction, registry: str | None, by: Actor, at: datetime, sealer: Sealer) -> None:
    row = Row(Action.LOG_READ, registry, [], [], by.application, by.subject, at)
    store.append(tx, row, {}, sealer)
