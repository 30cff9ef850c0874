"""Every query about definitions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, insert, select, update

from chassis.database import Transaction
from chassis.errors import NotFound
from workflow import bpmn
from workflow.definitions.model import Definition, Facts
from workflow.tables import definition, definition_version

_MOST = 500
_STANDS = definition.c.removed_at.is_(None)
_NEWEST = (definition_version.c.definition_id == definition.c.id) & (definition_version.c.number == definition.c.newest)
_QUERY = select(definition, definition_version.c.label, definition_version.c.xml).join(definition_version, _NEWEST)


def find(tx: Transaction, definition_id: UUID) -> Definition:
    """In its newest version. Raises NotFound."""
    row = tx.execute(_QUERY.where(definition.c.id == definition_id, _STANDS)).mappings().first()
    if row is None:
        raise NotFound("There is no such process definition.")
    return _definition(row)


def hold(tx: Transaction, definition_id: UUID) -> Definition:
    """The same, and nobody else revises it meanwhile. Raises NotFound."""
    tx.execute(select(definition.c.id).where(definition.c.id == definition_id).with_for_update())
    return find(tx, definition_id)


def of_package(tx: Transaction, key: str) -> Definition | None:
    """Held until the transaction ends; None before its first use."""
    tx.execute(select(definition.c.id).where(definition.c.key == key).with_for_update())
    row = tx.execute(_QUERY.where(definition.c.key == key)).mappings().first()
    return _definition(row) if row else None


def all_of_them(tx: Transaction) -> list[Definition]:
    """Oldest first; ids are made in that order."""
    return [
        _definition(row) for row in tx.execute(_QUERY.where(_STANDS).order_by(definition.c.id).limit(_MOST)).mappings()
    ]


def body(tx: Transaction, definition_id: UUID, number: int) -> str:
    """The BPMN file of one version; of a removed definition too, because instances go on."""
    its = (definition_version.c.definition_id == definition_id) & (definition_version.c.number == number)
    return str(tx.execute(select(definition_version.c.xml).where(its)).scalar_one())


def was_deployed(tx: Transaction, definition_id: UUID, xml: str) -> bool:
    """Whether any version has this body."""
    its = (definition_version.c.definition_id == definition_id) & (definition_version.c.digest == bpmn.digest(xml))
    return tx.execute(select(definition_version.c.number).where(its).limit(1)).first() is not None


def add(tx: Transaction, added: Definition, at: datetime) -> None:
    """One definition a key: the unique constraint has the last word."""
    tx.execute(insert(definition).values({"id": added.id, "key": added.key} | _values(added)))
    add_version(tx, added, at)


def add_version(tx: Transaction, of: Definition, at: datetime) -> None:
    """One body a number: the primary key has the last word."""
    row = {"definition_id": of.id, "number": of.newest, "label": of.facts.label, "xml": of.facts.xml}
    tx.execute(insert(definition_version), row | {"digest": bpmn.digest(of.facts.xml), "deployed_at": at})


def save(tx: Transaction, changed: Definition) -> None:
    """Raises Stale when it was removed meanwhile."""
    tx.change_one(update(definition).where(definition.c.id == changed.id, _STANDS).values(_values(changed)))


def remove(tx: Transaction, definition_id: UUID, at: datetime) -> None:
    """It stays for its instances. Raises Stale."""
    tx.change_one(update(definition).where(definition.c.id == definition_id, _STANDS).values(removed_at=at))


def _values(of: Definition) -> dict[str, Any]:
    return {
        "name": of.facts.name,
        "type": of.facts.type,
        "is_executable": of.facts.is_executable,
        "is_closed": of.facts.is_closed,
        "description": of.facts.description,
        "newest": of.newest,
    }


def _definition(row: RowMapping) -> Definition:
    facts = Facts(
        name=row["name"],
        type=row["type"],
        label=row["label"],
        xml=row["xml"],
        is_executable=row["is_executable"],
        is_closed=row["is_closed"],
        description=row["description"],
    )
    return Definition(row["id"], facts, row["newest"], row["key"])
