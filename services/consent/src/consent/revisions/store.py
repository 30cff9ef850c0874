"""Every query about revisions."""

from collections.abc import Iterator
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Executable, insert, select

from chassis.database import Transaction
from chassis.errors import NotFound
from consent.revisions.model import Kind, Revision
from consent.tables import revision

_INSERT = insert(revision)
_FIND = select(revision)
_IN_ORDER = _FIND.order_by(revision.c.schema_name, revision.c.object_id, revision.c.number)


def append(tx: Transaction, added: Revision) -> None:
    """Revisions are added, never changed; the unique index lets one follow another."""
    tx.execute(_INSERT, asdict(added))


def numbered(tx: Transaction, kind: Kind, object_id: str, number: int) -> Revision:
    """The object's revision of this number. Raises NotFound."""
    its = (revision.c.schema_name == kind) & (revision.c.object_id == object_id) & (revision.c.number == number)
    return _one(tx, _FIND.where(its))


def of_object(tx: Transaction, kind: Kind, object_id: str, revision_id: UUID) -> Revision:
    """A revision by its id, if it is one of this object. Raises NotFound."""
    its = (revision.c.schema_name == kind) & (revision.c.object_id == object_id) & (revision.c.id == revision_id)
    return _one(tx, _FIND.where(its))


def successor(tx: Transaction, of: Revision) -> UUID | None:
    """The id of the revision after this one; None for the latest."""
    its = (revision.c.schema_name == of.schema_name) & (revision.c.object_id == of.object_id)
    row = tx.execute(select(revision.c.id).where(its, revision.c.number == of.number + 1)).first()
    return row.id if row else None


def history(tx: Transaction, kind: Kind, object_id: str, offset: int = 0, limit: int = 1000) -> list[Revision]:
    """All revisions of an object, newest first."""
    its = (revision.c.schema_name == kind) & (revision.c.object_id == object_id)
    chosen = _FIND.where(its).order_by(revision.c.number.desc()).offset(offset).limit(limit)
    return [Revision(**row) for row in tx.execute(chosen).mappings()]


def all_in_order(tx: Transaction) -> Iterator[Revision]:
    """Every revision, object after object by number, a thousand in memory at a time."""
    for row in tx.stream(_IN_ORDER):
        yield Revision(**row)


def _one(tx: Transaction, query: Executable) -> Revision:
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound("There is no such revision.")
    return Revision(**row)
