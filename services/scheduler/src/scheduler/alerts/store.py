"""Every query about alerts."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import RowMapping, func, insert, select, update

from chassis.database import Transaction
from chassis.errors import NotFound
from scheduler.alerts.model import Alert, AlertSpent, Kind, Occasion, Shown, State, Wanted
from scheduler.tables import alert, fire, slot

_KNOWN = alert.c.state != State.CANCELLED


def find(tx: Transaction, alert_id: UUID) -> Alert:
    """Raises NotFound, for a cancelled one too."""
    row = tx.execute(select(alert).where(alert.c.id == alert_id, _KNOWN)).mappings().first()
    if row is None:
        raise NotFound("There is no such alert schedule.")
    return _alert(row)


def occasion(tx: Transaction, slot_id: UUID) -> Occasion:
    """The slot, held. Raises NotFound."""
    stands = (slot.c.id == slot_id) & slot.c.removed_at.is_(None)
    columns = (slot.c.id, slot.c.host_entity_id, slot.c.ends_at, slot.c.key)
    row = tx.execute(select(*columns).where(stands).with_for_update()).first()
    if row is None:
        raise NotFound("There is no such event.")
    return Occasion(row.id, row.host_entity_id, row.ends_at, row.key)


def of_slot(tx: Transaction, slot_id: UUID) -> list[Alert]:
    """All of a slot's alerts, oldest first; a slot that follows a phase has a few, since only moving adds to them."""
    query = select(alert).where(alert.c.slot_id == slot_id).order_by(alert.c.id).with_for_update()
    return [_alert(row) for row in tx.execute(query).mappings()]


def page(tx: Transaction, wanted: Wanted) -> list[Shown]:
    """Oldest first; ids are made in that order. Cancelled ones are left out."""
    fired_at = select(func.max(fire.c.fired_at)).where(fire.c.schedule_id == alert.c.id).scalar_subquery()
    query = select(alert, slot.c.host_entity_id, fired_at.label("fired_at")).join(slot, slot.c.id == alert.c.slot_id)
    query = query.where(_KNOWN).order_by(alert.c.id).limit(wanted.limit)
    if wanted.ids is not None:
        query = query.where(alert.c.id.in_(wanted.ids))
    if wanted.slot_id is not None:
        query = query.where(alert.c.slot_id == wanted.slot_id)
    if wanted.entity_id is not None:
        query = query.where(slot.c.host_entity_id == wanted.entity_id)
    if wanted.subject is not None:
        query = query.where(alert.c.subject == wanted.subject)
    if wanted.since is not None:
        query = query.where(alert.c.due_at > wanted.since)
    if wanted.until is not None:
        query = query.where(alert.c.due_at < wanted.until)
    if wanted.after is not None:
        query = query.where(alert.c.id > wanted.after)
    rows = tx.execute(query).mappings()
    return [Shown(_alert(row), row["host_entity_id"], row["fired_at"]) for row in rows]


def add(tx: Transaction, added: Alert) -> None:
    """A new alert waits."""
    tx.execute(insert(alert).values(asdict(added)))


def save(tx: Transaction, changed: Alert) -> None:
    """Raises AlertSpent when it has fired meanwhile."""
    values = {
        "due_at": changed.due_at,
        "target_category": changed.target_category,
        "message_id": changed.message_id,
    }
    waits = (alert.c.id == changed.id) & (alert.c.state == State.WAITING)
    if tx.execute(update(alert).where(waits).values(values)).rowcount != 1:
        raise AlertSpent("This alert has fired.")


def cancel(tx: Transaction, alert_ids: Iterable[UUID]) -> Sequence[UUID]:
    """Those that still waited, in the order given; a fired one stays fired."""
    wanted = list(alert_ids)
    waits = alert.c.id.in_(wanted) & (alert.c.state == State.WAITING)
    rows = tx.execute(update(alert).where(waits).values(state=State.CANCELLED).returning(alert.c.id))
    cancelled = {row.id for row in rows}
    return [alert_id for alert_id in wanted if alert_id in cancelled]


def _alert(row: RowMapping) -> Alert:
    return Alert(
        id=row["id"],
        slot_id=row["slot_id"],
        subject=row["subject"],
        kind=Kind(row["kind"]),
        due_at=row["due_at"],
        target_category=row["target_category"],
        message_id=row["message_id"],
        state=State(row["state"]),
    )
