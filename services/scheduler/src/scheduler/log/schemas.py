"""The log on the wire, with the standard's spelling."""

from typing import Any

from chassis.clock import text
from scheduler.log.model import Entry
from scheduler.wire import named


def entry(of: Entry) -> dict[str, Any]:
    details = {
        "logger_role": of.by.role,
        "logger_id": of.by.id,
        "entity_id": named("entity", of.entity_id),
        "log_category": of.category,
        "datetime": text(of.at),
        "log_data": of.data,
    }
    return {"log_id": named("log", of.id), "details": details}
