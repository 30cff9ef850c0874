"""Every query about publication records. There is none that changes an entry."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.publication.model import Entry, Head, Publication, What
from engagement.tables import publication

_ENTRY = select(
    publication.c.number, publication.c.what, publication.c.at, publication.c.previous, publication.c.digest
)


def append(tx: Transaction, process_id: UUID, what: What, content: dict[str, Any], at: datetime) -> None:
    """The next entry. Whoever changes a process does so over the version before, so two never take one number."""
    entry = _head(tx, process_id).followed_by(process_id, what, content, at)
    row = {name: getattr(entry, name) for name in publication.c.keys()}  # noqa: SIM118 - a column collection is no dict
    tx.execute(insert(publication), row)


def page(tx: Transaction, process_id: UUID, after: int, limit: int) -> list[Entry]:
    """First to last. Raises NotFound for what was never public."""
    its = (publication.c.process_id == process_id) & (publication.c.number > after)
    found = tx.execute(_ENTRY.where(its).order_by(publication.c.number).limit(limit)).all()
    if not found and not after:
        raise NotFound("There is no such process.")
    return [Entry(row.number, What(row.what), row.at, row.previous, row.digest) for row in found]


def find(tx: Transaction, process_id: UUID, number: int) -> Publication:
    """Raises NotFound."""
    its = (publication.c.process_id == process_id) & (publication.c.number == number)
    row = tx.execute(select(publication).where(its)).mappings().first()
    if row is None:
        raise NotFound("There is no such entry.")
    return Publication(**dict(row) | {"what": What(row["what"])})


def _head(tx: Transaction, process_id: UUID) -> Head:
    last = select(publication.c.number, publication.c.digest).where(publication.c.process_id == process_id)
    row = tx.execute(last.order_by(publication.c.number.desc()).limit(1)).first()
    return Head(row.number, row.digest) if row else Head()
