"""Every query about dispositions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.annotations.model import Disposition, State
from engagement.annotations.store import annotation_of, disposition_of
from engagement.dispositions.model import Line
from engagement.tables import annotation, disposition, document_block, document_version, participant

_NAMES = [column.name for column in disposition.columns]
_OF_BLOCK = (document_block.c.version_id == annotation.c.version_id) & (
    document_block.c.block_id == annotation.c.block_id
)
_LINES = (
    select(
        annotation,
        document_version.c.number.label("version_number"),
        document_block.c.number.label("block_number"),
        *(disposition.c[name].label(f"disposition_{name}") for name in _NAMES),
    )
    .join(document_version, document_version.c.id == annotation.c.version_id)
    .join(document_block, _OF_BLOCK, isouter=True)
    .join(disposition, disposition.c.annotation_id == annotation.c.id, isouter=True)
    .where(annotation.c.parent_id.is_(None))
)


def save(tx: Transaction, said: Disposition) -> bool:
    """Over what was said before; False when that is public already: its row has the last word."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = {name: getattr(said, name) for name in _NAMES}
    new = dialect.insert(disposition)
    given = {name: new.excluded[name] for name in _NAMES if name not in ("annotation_id", "document_id")}
    internal = disposition.c.published_at.is_(None)
    once = new.on_conflict_do_update(index_elements=["annotation_id"], set_=given, where=internal)
    return tx.execute(once.returning(disposition.c.annotation_id), row).first() is not None


def lines(
    tx: Transaction, document_id: UUID, after: tuple[datetime, UUID] | None, limit: int, *, internal: bool
) -> list[Line]:
    """Oldest first; without `internal` those that are published, of annotations that everybody sees."""
    query = _LINES.where(annotation.c.document_id == document_id)
    if not internal:
        query = query.where(disposition.c.published_at.is_not(None), annotation.c.state == State.VISIBLE)
    if after is not None:
        query = query.where(after < tuple_(annotation.c.at, annotation.c.id))
    query = query.order_by(annotation.c.at, annotation.c.id).limit(limit)
    return [
        Line(annotation_of(row), row["version_number"], row["block_number"], disposition_of(row))
        for row in tx.execute(query).mappings()
    ]


def publish(tx: Transaction, document_id: UUID, at: datetime) -> list[Disposition]:
    """All of a document that are internal."""
    its = (disposition.c.document_id == document_id) & disposition.c.published_at.is_(None)
    rows = tx.execute(update(disposition).where(its).values(published_at=at).returning(disposition)).mappings()
    return [_disposition(row) for row in rows]


def authors(tx: Transaction, document_id: UUID, published_at: datetime) -> dict[UUID, tuple[UUID, str | None]]:
    """`{annotation: (process, where its author's notices go)}` of what was published then."""
    query = (
        select(annotation.c.id, annotation.c.process_id, participant.c.recipient)
        .join(disposition, disposition.c.annotation_id == annotation.c.id)
        .join(participant, participant.c.id == annotation.c.participant_id, isouter=True)
        .where(annotation.c.document_id == document_id, disposition.c.published_at == published_at)
    )
    return {row.id: (row.process_id, row.recipient) for row in tx.execute(query)}


def _disposition(row: Mapping[Any, Any]) -> Disposition:  # Any: keys of a row are names or columns
    return Disposition(**{name: row[name] for name in _NAMES})
