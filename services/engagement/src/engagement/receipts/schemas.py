"""Receipts on the wire."""

from typing import Any

from chassis.clock import text
from engagement.receipts.model import Leaf


def receipt(of: Leaf) -> dict[str, str]:
    """What the contributor keeps."""
    return {"code": of.code, "leaf": of.leaf}


def status(of: Leaf, counts_as: str) -> dict[str, Any]:
    """What became of it."""
    return receipt(of) | {
        "processId": str(of.process_id),
        "kind": of.kind,
        "status": counts_as,
        "at": text(of.at),
    }
