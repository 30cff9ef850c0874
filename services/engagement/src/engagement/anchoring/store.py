"""Every query about anchors while annotations are carried over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.annotations.model import Anchor, Outcome
from engagement.documents.model import State, Version
from engagement.tables import anchor, anchoring, document_version

_THERE = anchor.alias("there")


def pending(tx: Transaction, document_id: UUID) -> list[tuple[UUID, Version]]:
    """Published versions whose annotations are not all carried over yet, oldest first, each after the id of the one
    before it."""
    earlier = document_version.alias("earlier")
    done = exists().where(anchoring.c.version_id == document_version.c.id)
    before = (earlier.c.document_id == document_version.c.document_id) & (
        earlier.c.number == document_version.c.number - 1
    )
    query = (
        select(*document_version.columns, earlier.c.id.label("earlier_id"))
        .join(earlier, before)
        .where(document_version.c.document_id == document_id, document_version.c.state == State.PUBLISHED, ~done)
        .order_by(document_version.c.number)
    )
    found = tx.execute(query).mappings().all()
    own = [column.name for column in document_version.columns]
    return [
        (row["earlier_id"], Version(**{name: row[name] for name in own} | {"state": State(row["state"])}))
        for row in found
    ]


def waiting(tx: Transaction, earlier_id: UUID, version_id: UUID, limit: int) -> list[Anchor]:
    """Places in the earlier version of annotations that have none in the later one."""
    carried = exists().where(_THERE.c.annotation_id == anchor.c.annotation_id, _THERE.c.version_id == version_id)
    query = select(anchor).where(anchor.c.version_id == earlier_id, ~carried).order_by(anchor.c.annotation_id)
    rows = tx.execute(query.limit(limit)).mappings()
    return [Anchor(**dict(row) | {"outcome": Outcome(row["outcome"])}) for row in rows]


def add(tx: Transaction, added: Sequence[Anchor]) -> None:
    """Places in the later version; one that is there already stays."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(anchor).on_conflict_do_nothing(index_elements=["annotation_id", "version_id"])
    tx.execute(once, [{column.name: getattr(each, column.name) for column in anchor.columns} for each in added])


def finish(tx: Transaction, version_id: UUID, at: datetime) -> bool:
    """Whether it is finished now, and was not before."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(anchoring).on_conflict_do_nothing(index_elements=["version_id"])
    row = {"version_id": version_id, "at": at}
    return tx.execute(once.returning(anchoring.c.version_id), row).first() is not None


def outcomes(tx: Transaction, version_id: UUID) -> dict[Outcome, int]:
    """How many annotations found which place in a version."""
    query = select(anchor.c.outcome, func.count().label("number")).where(anchor.c.version_id == version_id)
    found = {Outcome(row.outcome): row.number for row in tx.execute(query.group_by(anchor.c.outcome))}
    return dict.fromkeys(Outcome, 0) | found
