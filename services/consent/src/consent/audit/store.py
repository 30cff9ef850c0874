"""Every query of the check: objects beside their revisions, revisions beside the journal."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
from sqlalchemy import RowMapping, Table, and_, exists, select

from chassis.database import Transaction
from consent.audit.model import State
from consent.revisions.model import Broken, Kind
from consent.tables import agreement, consent_record, journal, policy, revision

_SAYS: dict[Kind, tuple[Table, Callable[[RowMapping], dict[str, Any]]]] = {
    Kind.POLICY: (policy, lambda row: {"id": row["id"], "withdrawn": row["withdrawn"]}),
    Kind.AGREEMENT: (
        agreement,
        lambda row: {"id": row["id"], "policy.id": row["policy_id"], "active": row["active"]},
    ),
    Kind.RECORD: (
        consent_record,
        lambda row: {
            "id": row["id"],
            "dataAgreement.id": row["agreement_id"],
            "dataAgreementRevision.id": str(row["agreement_revision_id"]),
            "individual.id": row["individual"],
            "optIn": row["opt_in"],
        },
    ),
}


def states(tx: Transaction, kind: Kind) -> Iterator[State]:
    """Every object of a kind beside its latest revision, a thousand in memory at a time."""
    table, says = _SAYS[kind]
    its = and_(revision.c.schema_name == kind, revision.c.object_id == table.c.id)
    after = revision.alias()
    later = exists().where(
        after.c.schema_name == kind, after.c.object_id == table.c.id, after.c.number > table.c.number
    )
    query = select(table, revision.c.snapshot, later.label("later")).outerjoin(
        revision, and_(its, revision.c.number == table.c.number)
    )
    for row in tx.stream(query.order_by(table.c.id)):
        snapshot = row["snapshot"]
        content = orjson.loads(snapshot)["objectData"] if snapshot is not None else None
        yield State(kind, row["id"], row["number"], says(row), content, row["later"])


def without_object(tx: Transaction, kind: Kind) -> Broken | None:
    """The first revision whose object is gone."""
    table, _ = _SAYS[kind]
    its = exists().where(table.c.id == revision.c.object_id)
    query = select(revision.c.object_id, revision.c.number).where(revision.c.schema_name == kind, ~its).limit(1)
    row = tx.execute(query).first()
    return Broken(f"{kind} {row.object_id} {row.number}", "the object is missing") if row else None


def without_revision(tx: Transaction) -> Broken | None:
    """The first row of the journal whose revision is gone or another."""
    its = exists().where(
        revision.c.id == journal.c.revision_id,
        revision.c.hash == journal.c.revision_hash,
        revision.c.schema_name == journal.c.schema_name,
        revision.c.object_id == journal.c.object_id,
    )
    query = select(journal.c.schema_name, journal.c.object_id).where(~its).order_by(journal.c.number).limit(1)
    row = tx.execute(query).first()
    where = "a revision that the journal knows is missing"
    return Broken(f"{row.schema_name} {row.object_id}", where) if row else None


def without_row(tx: Transaction) -> Broken | None:
    """The first revision that the journal does not know."""
    its = exists().where(journal.c.revision_id == revision.c.id)
    query = select(revision.c.schema_name, revision.c.object_id, revision.c.number).where(~its).limit(1)
    row = tx.execute(query).first()
    return Broken(f"{row.schema_name} {row.object_id} {row.number}", "the journal does not know it") if row else None
