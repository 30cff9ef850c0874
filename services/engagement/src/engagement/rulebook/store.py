"""Every query about the rules of moderation."""

from dataclasses import asdict, replace
from uuid import UUID

from sqlalchemy import insert, select, update

from chassis.database import Transaction
from engagement.rulebook.model import Filter, Rules
from engagement.tables import moderation_rules


def rules(tx: Transaction, process_id: UUID) -> Rules:
    """Those of the process; the standard ones until someone has set others."""
    its = moderation_rules.c.process_id == process_id
    row = tx.execute(select(moderation_rules.c.rules, moderation_rules.c.version).where(its)).first()
    if row is None:
        return Rules()
    return replace(Rules(**row.rules), holds=tuple(map(Filter, row.rules["holds"])), version=row.version)


def save(tx: Transaction, process_id: UUID, changed: Rules) -> None:
    """Over the version before. Raises Stale."""
    values = asdict(changed)
    row = {"version": values.pop("version"), "rules": values}
    if changed.version == 1:
        tx.execute(insert(moderation_rules).values(process_id=process_id, **row))
        return
    its = (moderation_rules.c.process_id == process_id) & (moderation_rules.c.version == changed.version - 1)
    tx.change_one(update(moderation_rules).where(its).values(row))
