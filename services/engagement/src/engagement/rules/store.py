"""Every query about rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import Stale
from engagement.rules.model import Measure, Rules, Threshold
from engagement.tables import proposal_rules

_SETTINGS = ("support_most", "other_names", "amendments")


def of_process(tx: Transaction, process_id: UUID) -> Rules:
    """The defaults where nobody has set any."""
    row = tx.execute(select(proposal_rules).where(proposal_rules.c.process_id == process_id)).mappings().first()
    return Rules(process_id, version=row["version"], **settings(row["settings"])) if row else Rules(process_id)


def settings(kept: Mapping[str, Any]) -> dict[str, Any]:
    """As they are kept, read."""
    threshold = kept.get("threshold")
    own = {name: kept[name] for name in _SETTINGS if name in kept}
    return own | {"threshold": Threshold(Measure(threshold["measure"]), threshold["value"]) if threshold else None}


def save(tx: Transaction, changed: Rules, at: datetime) -> None:
    """Over the version before. Raises Stale."""
    kept = {name: getattr(changed, name) for name in _SETTINGS}
    threshold = changed.threshold
    kept["threshold"] = {"measure": threshold.measure, "value": threshold.value} if threshold else None
    row = {"settings": kept, "version": changed.version, "at": at}
    if changed.version == 1:
        try:
            with tx.savepoint():
                tx.execute(insert(proposal_rules), row | {"process_id": changed.process_id})
        except IntegrityError:
            raise Stale("Somebody else has set them.") from None
        return
    before = (proposal_rules.c.process_id == changed.process_id) & (proposal_rules.c.version == changed.version - 1)
    tx.change_one(update(proposal_rules).where(before).values(row))
