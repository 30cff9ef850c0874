"""Access without an account on the wire."""

from typing import Any

from chassis.clock import text
from engagement.access.model import Entering, Proof


def entering(body: dict[str, Any]) -> Entering:
    return Entering(body.get("displayName", "").strip(), body.get("language"))


def proof(of: Proof) -> dict[str, Any]:
    """Neither the address nor the code."""
    return {
        "id": str(of.id),
        "processId": str(of.process_id),
        "way": of.way,
        "expiresAt": text(of.expires_at),
        "confirmed": of.confirmed_at is not None,
    }
