"""Entries on the wire."""

from typing import Any

from chassis.clock import parse
from engagement.entering.model import Entry


def entries(body: dict[str, Any]) -> list[Entry]:
    """As they came; their form is checked already."""
    return [
        Entry(
            each["reference"],
            each["answers"],
            each.get("language"),
            each.get("weight"),
            each.get("profile"),
            parse(each["at"]) if "at" in each else None,
        )
        for each in body["responses"]
    ]
