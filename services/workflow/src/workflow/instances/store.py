"""Every query about instances and their history."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound
from workflow.instances.model import Instance, InstanceExists, Kind, Life, Step
from workflow.tables import history, instance

_MOST_STEPS = 1_000


def find(tx: Transaction, instance_id: UUID) -> Instance:
    """Raises NotFound."""
    row = tx.execute(select(instance).where(instance.c.id == instance_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such instance.")
    return _instance(row)


def hold(tx: Transaction, instance_id: UUID) -> Instance:
    """The same, and nobody else takes a step until the transaction ends. Raises NotFound."""
    tx.execute(select(instance.c.id).where(instance.c.id == instance_id).with_for_update())
    return find(tx, instance_id)


def of_process(tx: Transaction, process_id: UUID) -> Instance | None:
    """The one that follows this participation process."""
    row = tx.execute(select(instance).where(instance.c.process_id == process_id)).mappings().first()
    return _instance(row) if row else None


def page(tx: Transaction, definition_id: UUID | None, after: UUID | None, limit: int) -> list[Instance]:
    """Newest first; ids are made in that order."""
    query = select(instance).order_by(instance.c.id.desc()).limit(limit)
    if definition_id is not None:
        query = query.where(instance.c.definition_id == definition_id)
    if after is not None:
        query = query.where(instance.c.id < after)
    return [_instance(row) for row in tx.execute(query).mappings()]


def add(tx: Transaction, added: Instance, step: Step) -> None:
    """Raises InstanceExists: one instance a participation process, the unique constraint has the last word."""
    try:
        with tx.savepoint():
            tx.execute(insert(instance).values(asdict(added)))
    except IntegrityError:
        raise InstanceExists("An instance follows this participation process already.") from None
    _note(tx, added.id, step)


def save(tx: Transaction, changed: Instance, step: Step) -> None:
    """The instance over the version before, with the step that led here. Raises Stale when another was faster."""
    before = (instance.c.id == changed.id) & (instance.c.version == changed.version - 1)
    values = {
        "engine_state": changed.engine_state,
        "state": changed.state,
        "version": changed.version,
        "changed_at": changed.changed_at,
    }
    tx.change_one(update(instance).where(before).values(values))
    _note(tx, changed.id, step)


def steps(tx: Transaction, instance_id: UUID) -> list[Step]:
    """Oldest first."""
    query = select(history).where(history.c.instance_id == instance_id).order_by(history.c.number).limit(_MOST_STEPS)
    return [
        Step(row["number"], row["at"], Kind(row["kind"]), row["by"], row["name"], row["values"])
        for row in tx.execute(query).mappings()
    ]


def counts(tx: Transaction) -> dict[str, int]:
    """Instances by state."""
    rows = tx.execute(select(instance.c.state, func.count().label("number")).group_by(instance.c.state))
    return dict.fromkeys((str(life) for life in Life), 0) | {row.state: row.number for row in rows}


def _note(tx: Transaction, instance_id: UUID, step: Step) -> None:
    row = {"instance_id": instance_id, "number": step.number, "at": step.at, "kind": step.kind, "name": step.name}
    tx.execute(insert(history), row | {"values": step.values or {}, "by": step.by})


def _instance(row: RowMapping) -> Instance:
    return Instance(**dict(row) | {"state": Life(row["state"])})
