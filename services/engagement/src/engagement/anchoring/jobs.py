"""Carrying over is a job: a publication does not wait for thousands of annotations, and a crash loses none of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.runtime import Runtime
from engagement.anchoring import actions, store


def carry_over(runtime: Runtime, payload: dict[str, Any], at: datetime) -> None:
    """Every version of the document that waits, in order, a batch a transaction. May run again at any point."""
    document_id = UUID(payload["documentId"])
    with runtime.reading() as tx:
        pending = store.pending(tx, document_id)
    for earlier_id, version in pending:
        with runtime.reading() as tx:
            over = actions.passage(tx, earlier_id, version.id)
        left = True
        while left:
            with runtime.transaction() as tx:
                left = actions.carry(tx, earlier_id, over) > 0
        with runtime.transaction() as tx:
            actions.finish(tx, document_id, version.id, at=at)
