"""The door of events."""

from typing import Any

from flask import Response

from chassis.web import caller, now, ok, reading, transaction
from scheduler.actors import actor
from scheduler.events import actions, schemas, store
from scheduler.events.model import Wanted
from scheduler.wire import bare, bare_all, details, maybe, maybe_instant, named


def add_event(body: dict[str, Any]) -> Response:
    wanted = schemas.new_slots(details(body, "event"))
    with transaction() as tx:
        slots = actions.add(tx, wanted, by=actor(caller()), at=now())
    return ok(",".join(named("event", slot.id) for slot in slots))


def modify_event(body: dict[str, Any]) -> Response:
    slot_id, changes = bare(body["event_id"]), schemas.changes(details(body, "event"))
    with transaction() as tx:
        actions.modify(tx, slot_id, changes, by=actor(caller()), at=now())
    return ok(named("event", slot_id))


def remove_event(body: dict[str, Any]) -> Response:
    slot_id = bare(body["event_id"])
    with transaction() as tx:
        actions.remove(tx, slot_id, by=actor(caller()), at=now())
    return ok(named("event", slot_id))


def list_events(
    event_id: list[str] | None = None,
    name: str | None = None,
    category: str | None = None,
    host_entity_id: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    after: str | None = None,
    limit: int = 100,
) -> Response:
    wanted = Wanted(
        limit,
        bare_all(event_id),
        name,
        category,
        maybe(host_entity_id),
        maybe_instant(from_, "from"),
        maybe_instant(to, "to"),
        maybe(after),
    )
    with reading() as tx:
        return ok([[schemas.slot(each) for each in store.page(tx, wanted)]])
