"""Publication records on the wire."""

from typing import Any

from chassis.clock import text
from engagement.publication.model import Entry, Publication


def entry(of: Entry | Publication) -> dict[str, Any]:
    """One line of the record."""
    return {"number": of.number, "what": of.what, "at": text(of.at), "digest": of.digest, "previous": of.previous}


def publication(of: Publication) -> dict[str, Any]:
    """An entry with its content."""
    return entry(of) | {"content": of.content}
