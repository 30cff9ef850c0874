"""Every query about annotations and where they stand. A page of threads costs one statement for roots and one for
their answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, insert, select, tuple_, update

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.annotations.model import Anchor, Annotation, Disposition, Filter, Outcome, Purpose, Shown, State
from engagement.contributions import Channel, Status
from engagement.processes.model import State as ProcessState
from engagement.processes.model import Text
from engagement.tables import anchor, annotation, disposition, document_block, process

FIRST_REPLIES = 2
_ANNOTATION = select(annotation)
_INSERT = insert(annotation)
_PLACE = tuple_(annotation.c.at, annotation.c.id)
_LOST = (Outcome.AMBIGUOUS, Outcome.ORPHANED)
_PLACE_NAMES = [column.name for column in anchor.columns]
_DISPOSITION_NAMES = [column.name for column in disposition.columns]
_BESIDE = [
    *(anchor.c[name].label(f"anchor_{name}") for name in _PLACE_NAMES),
    *(disposition.c[name].label(f"disposition_{name}") for name in _DISPOSITION_NAMES),
]
_SHOWN = (
    select(annotation, document_block.c.number.label("block_number"), *_BESIDE)
    .join(
        document_block,
        (document_block.c.version_id == anchor.c.version_id) & (document_block.c.block_id == anchor.c.block_id),
        isouter=True,
    )
    .join(disposition, disposition.c.annotation_id == annotation.c.id, isouter=True)
    .select_from(annotation.join(anchor, anchor.c.annotation_id == annotation.c.id))
)
After = tuple[datetime, UUID] | None
LEDGER = select(
    *(annotation.c[name] for name in ("id", "process_id", "participant_id", "actor_key", "channel", "ladder_step")),
    *(annotation.c[name] for name in ("status", "at")),
)
TEXT = select(annotation.c.id, annotation.c.body.label("text"))
FACET = select(annotation.c.id, func.coalesce(annotation.c.purpose, "reply").label("facet"))
SAID = select(annotation.c.id, annotation.c.body, annotation.c.proposed, annotation.c.exact)


def in_sight(tx: Transaction, annotation_id: UUID) -> UUID:
    """The process of an annotation that everybody sees. Raises NotFound."""
    public = process.c.state.not_in([ProcessState.DRAFT, ProcessState.IN_REVIEW])
    its = (annotation.c.id == annotation_id) & (annotation.c.state == State.VISIBLE)
    of = (process.c.id == annotation.c.process_id) & public
    found: UUID | None = tx.execute(select(annotation.c.process_id).join(process, of).where(its)).scalar()
    if found is None:
        raise NotFound("There is no such annotation.")
    return found


def find(tx: Transaction, annotation_id: UUID) -> Annotation:
    """Raises NotFound."""
    row = tx.execute(_ANNOTATION.where(annotation.c.id == annotation_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such annotation.")
    return _annotation(row)


def add(tx: Transaction, added: Annotation, place: Anchor | None) -> None:
    """A new annotation with its place in the version that it is given on; an answer has none of its own."""
    tx.execute(_INSERT, {column.name: getattr(added, column.name) for column in annotation.columns})
    if place is not None:
        tx.execute(insert(anchor), {column.name: getattr(place, column.name) for column in anchor.columns})


def save(tx: Transaction, before: Annotation, changed: Annotation) -> None:
    """Another state in the place of the one before. Raises Stale when it is not that any more."""
    its = (annotation.c.id == changed.id) & (annotation.c.state == before.state)
    values = {"state": changed.state, "status": changed.status, "hidden_reason": changed.hidden_reason}
    tx.change_one(update(annotation).where(its).values(values))


def erase(tx: Transaction, annotation_id: UUID) -> None:
    """A dash in the place of what was said. The words of the text that it is about are the institution's, and stay."""
    its = annotation.c.id == annotation_id
    body: Text = tx.execute(select(annotation.c.body).where(its)).scalar_one()
    tx.execute(update(annotation).where(its).values(body=dict.fromkeys(body, "–")))  # noqa: RUF001 - a dash it is
    tx.execute(update(annotation).where(its, annotation.c.proposed.is_not(None)).values(proposed="-"))


def page(tx: Transaction, version_id: UUID, wanted: Filter, after: After, limit: int) -> list[Shown]:
    """As they stand at a version, oldest first, without their answers."""
    query = _SHOWN.where(anchor.c.version_id == version_id)
    if wanted.block_id is not None:
        query = query.where(anchor.c.block_id == wanted.block_id)
    if wanted.where == "document":
        query = query.where(annotation.c.block_id.is_(None))
    elif wanted.where == "lost":
        query = query.where(anchor.c.outcome.in_(_LOST))
    if wanted.purpose is not None:
        query = query.where(annotation.c.purpose == wanted.purpose)
    if wanted.answered is not None:
        recorded = disposition.c.annotation_id
        query = query.where(recorded.is_not(None) if wanted.answered else recorded.is_(None))
    return [_shown(row) for row in tx.execute(_after(query, after, limit)).mappings()]


def shown(tx: Transaction, annotation_id: UUID, version_id: UUID) -> Shown:
    """One, as it stands at a version. Raises NotFound."""
    query = _SHOWN.where(annotation.c.id == annotation_id, anchor.c.version_id == version_id)
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound("There is no such annotation.")
    return _shown(row)


def with_replies(tx: Transaction, roots: Sequence[Shown]) -> list[Shown]:
    """Each with its first answers, in one statement however many there are."""
    place = func.row_number().over(partition_by=annotation.c.parent_id, order_by=(annotation.c.at, annotation.c.id))
    total = func.count().over(partition_by=annotation.c.parent_id)
    under = annotation.c.parent_id.in_([root.annotation.id for root in roots])
    ranked = select(*annotation.columns, place.label("place"), total.label("total")).where(under).subquery()
    found = select(ranked).where(ranked.c.place <= FIRST_REPLIES).order_by(ranked.c.place)
    by_root: dict[UUID, list[RowMapping]] = {}
    for row in tx.execute(found).mappings():
        by_root.setdefault(row["parent_id"], []).append(row)
    return [_answered(root, by_root.get(root.annotation.id, [])) for root in roots]


def replies(tx: Transaction, root_id: UUID, after: After, limit: int) -> list[Annotation]:
    """All answers to a root, oldest first."""
    query = _after(_ANNOTATION.where(annotation.c.parent_id == root_id), after, limit)
    return [_annotation(row) for row in tx.execute(query).mappings()]


def annotation_of(row: RowMapping) -> Annotation:
    """The annotation in a row that holds its columns."""
    return _annotation(row)


def disposition_of(row: RowMapping) -> Disposition | None:
    """What became of it, in a row that holds the columns under `disposition_…`; None without one."""
    if row["disposition_annotation_id"] is None:
        return None
    return Disposition(**{column.name: row[f"disposition_{column.name}"] for column in disposition.columns})


def _after(query: Select[Any], after: After, limit: int) -> Select[Any]:
    if after is not None:
        query = query.where(after < _PLACE)
    return query.order_by(annotation.c.at, annotation.c.id).limit(limit)


def _answered(root: Shown, answers: Sequence[RowMapping]) -> Shown:
    total = answers[0]["total"] if answers else 0
    return replace(root, replies=tuple(map(_annotation, answers)), replies_total=total)


def _shown(row: RowMapping) -> Shown:
    values = {column.name: row[f"anchor_{column.name}"] for column in anchor.columns}
    place = Anchor(**values | {"outcome": Outcome(values["outcome"])})
    return Shown(_annotation(row), place, row["block_number"], disposition_of(row))


def _annotation(row: RowMapping) -> Annotation:
    values = {column.name: row[column.name] for column in annotation.columns}
    purpose = values["purpose"]
    states = {
        "purpose": Purpose(purpose) if purpose else None,
        "channel": Channel(values["channel"]),
        "state": State(values["state"]),
        "status": Status(values["status"]),
    }
    return Annotation(**values | states)
