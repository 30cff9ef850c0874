"""Every query about consent records."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound
from consent.records.model import Record
from consent.tables import consent_record, revision

_INSERT = insert(consent_record)
_FIND = select(consent_record, revision.c.hash.label("agreement_hash")).join(
    revision, revision.c.id == consent_record.c.agreement_revision_id
)
_COLUMNS = [each.name for each in fields(Record) if each.name != "agreement_hash"]


def find(tx: Transaction, record_id: str, individual: str | None = None) -> Record:
    """With an individual, only hers. Raises NotFound."""
    query = _FIND.where(consent_record.c.id == record_id)
    if individual is not None:
        query = query.where(consent_record.c.individual == individual)
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound("There is no such consent record.")
    return Record(**row)


def locked(tx: Transaction, record_id: str, individual: str) -> Record:
    """The person's own record, held until the transaction ends. Raises NotFound."""
    tx.execute(select(consent_record.c.id).where(consent_record.c.id == record_id).with_for_update())
    return find(tx, record_id, individual)


def given(tx: Transaction, agreement_revision_id: UUID, individual: str) -> Record | None:
    """The person's record for this revision; None when there is none."""
    its = (consent_record.c.agreement_revision_id == agreement_revision_id) & (
        consent_record.c.individual == individual
    )
    row = tx.execute(_FIND.where(its)).mappings().first()
    return Record(**row) if row else None


def newest(tx: Transaction, agreement_id: str, individual: str) -> Record:
    """The person's newest record under the agreement. Raises NotFound."""
    its = (consent_record.c.agreement_id == agreement_id) & (consent_record.c.individual == individual)
    row = tx.execute(_FIND.where(its).order_by(consent_record.c.id.desc()).limit(1)).mappings().first()
    if row is None:
        raise NotFound("There is no such consent record.")
    return Record(**row)


def page(tx: Transaction, offset: int, limit: int, **equal: Any) -> list[Record]:
    """Newest first; `equal` are columns and what they must be, None for any."""
    query = _FIND.order_by(consent_record.c.id.desc()).offset(offset).limit(limit)
    for name, value in equal.items():
        query = query if value is None else query.where(consent_record.c[name] == value)
    return [Record(**row) for row in tx.execute(query).mappings()]


def add(tx: Transaction, added: Record) -> bool:
    """Whether it is the first of this person for this revision: the unique index has the last word."""
    try:
        with tx.savepoint():
            tx.execute(_INSERT, {name: getattr(added, name) for name in _COLUMNS})
    except IntegrityError:
        return False
    return True


def save(tx: Transaction, changed: Record) -> None:
    """Over the revision before. Raises Stale."""
    before = (consent_record.c.id == changed.id) & (consent_record.c.number == changed.number - 1)
    values = {"opt_in": changed.opt_in, "number": changed.number}
    tx.change_one(update(consent_record).where(before).values(values))
