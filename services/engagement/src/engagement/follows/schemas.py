"""Follows and news on the wire."""

from typing import Any

from chassis.clock import text
from engagement.follows.model import News


def news(of: News) -> dict[str, Any]:
    return {"kind": of.kind, "id": str(of.id), "title": of.title, "at": text(of.at)}
