"""Events on the wire, with the standard's spelling."""

from typing import Any

from chassis.clock import text
from scheduler.events.model import NewSlots, Slot
from scheduler.wire import bare, instant, named

_ABOUT = ("description", "subscriber_limit", "terms", "status", "venue")


def new_slots(details: dict[str, Any]) -> NewSlots:
    """Raises Invalid, NotFound."""
    times = tuple(
        (instant(each["from"], f"slots/{n}/from"), instant(each["to"], f"slots/{n}/to"))
        for n, each in enumerate(details["slots"])
    )
    host = bare(details["host_entity_id"])
    return NewSlots(host, details["name"], details["category"], times, _about(details))


def changes(details: dict[str, Any]) -> dict[str, Any]:
    """Fields of a slot. Raises Invalid, NotFound."""
    found: dict[str, Any] = {name: details[name] for name in ("name", "category") if name in details}
    if "host_entity_id" in details:
        found["host_entity_id"] = bare(details["host_entity_id"])
    for name, field in (("from", "starts_at"), ("to", "ends_at")):
        if name in details:
            found[field] = instant(details[name], name)
    return found | {"about": _about(details)}


def slot(of: Slot) -> dict[str, Any]:
    details = {
        "name": of.name,
        "category": of.category,
        "host_entity_id": named("entity", of.host_entity_id),
        "from": text(of.starts_at),
        "to": text(of.ends_at),
        **of.about,
    }
    return {"event_id": named("event", of.id), "details": details}


def _about(details: dict[str, Any]) -> dict[str, Any]:
    about = {name: details[name] for name in _ABOUT if name in details}
    return about | ({"deadline": text(instant(details["deadline"], "deadline"))} if "deadline" in details else {})
