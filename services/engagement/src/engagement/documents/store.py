"""Every query about documents, their versions and blocks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, bindparam, delete, func, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.documents.model import Document, DraftExists, Listed, Overview, State, Version
from engagement.documents.text import Block, BlockKind, Blocks, Counted, Piece, contents
from engagement.tables import anchor, anchoring, annotation, document, document_block, document_version

_DOCUMENT = select(document)
_VERSION = select(document_version)
_BLOCKS = select(document_block).order_by(document_block.c.place)
_ITS_BLOCK = (document_block.c.version_id == bindparam("of_version")) & (
    document_block.c.block_id == bindparam("of_block")
)
_NEWEST = document_version.alias("newest")
_DRAFT = document_version.alias("draft")
_ROOTS = (
    select(func.count())
    .select_from(annotation)
    .where(annotation.c.document_id == document.c.id, annotation.c.parent_id.is_(None))
)
_LISTED = (
    select(
        document,
        _NEWEST.c.id.label("newest"),
        _DRAFT.c.id.label("draft"),
        _ROOTS.scalar_subquery().correlate(document).label("annotations"),
    )
    .join(_NEWEST, (_NEWEST.c.document_id == document.c.id) & (_NEWEST.c.number == document.c.published), isouter=True)
    .join(_DRAFT, (_DRAFT.c.document_id == document.c.id) & (_DRAFT.c.state == State.DRAFT), isouter=True)
)


def find(tx: Transaction, document_id: UUID) -> Document:
    """Raises NotFound."""
    row = tx.execute(_DOCUMENT.where(document.c.id == document_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such document.")
    return Document(**row)


def find_to_change(tx: Transaction, document_id: UUID) -> Document:
    """Nobody else publishes or annotates it until the transaction ends. Raises NotFound."""
    tx.execute(select(document.c.id).where(document.c.id == document_id).with_for_update())
    return find(tx, document_id)


def find_held(tx: Transaction, document_id: UUID) -> Document:
    """No version of it is published until the transaction ends; others may hold it too. Raises NotFound."""
    tx.execute(select(document.c.id).where(document.c.id == document_id).with_for_update(read=True))
    return find(tx, document_id)


def find_listed(tx: Transaction, document_id: UUID) -> Listed:
    """Raises NotFound."""
    row = tx.execute(_LISTED.where(document.c.id == document_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such document.")
    return _listed(row)


def page(
    tx: Transaction, process_id: UUID, after: tuple[datetime, UUID] | None, limit: int, *, drafts: bool
) -> list[Listed]:
    """Newest first; without `drafts` those that have a published version."""
    query = _LISTED.where(document.c.process_id == process_id)
    if not drafts:
        query = query.where(document.c.published > 0)
    if after is not None:
        query = query.where(tuple_(document.c.created_at, document.c.id) < after)
    query = query.order_by(document.c.created_at.desc(), document.c.id.desc()).limit(limit)
    return [_listed(row) for row in tx.execute(query).mappings()]


def has_published(tx: Transaction, process_id: UUID) -> bool:
    """Whether the process has a text that people can read."""
    published = select(document.c.id).where(document.c.process_id == process_id, document.c.published > 0)
    return tx.execute(published.limit(1)).first() is not None


def add(tx: Transaction, added: Document) -> None:
    """A new document, which has no version yet."""
    tx.execute(insert(document), {column.name: getattr(added, column.name) for column in document.columns})


def save_published(tx: Transaction, changed: Document) -> None:
    """The number of its newest published version."""
    tx.change_one(update(document).where(document.c.id == changed.id).values(published=changed.published))


def version(tx: Transaction, version_id: UUID) -> Version:
    """Raises NotFound."""
    row = tx.execute(_VERSION.where(document_version.c.id == version_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such version.")
    return _version(row)


def newest(tx: Transaction, of: Document) -> Version | None:
    """The newest published version; None before the first."""
    its = (document_version.c.document_id == of.id) & (document_version.c.number == of.published)
    row = tx.execute(_VERSION.where(its)).mappings().first()
    return _version(row) if row else None


def draft(tx: Transaction, document_id: UUID) -> Version | None:
    """None without one."""
    its = (document_version.c.document_id == document_id) & (document_version.c.state == State.DRAFT)
    row = tx.execute(_VERSION.where(its)).mappings().first()
    return _version(row) if row else None


def versions(tx: Transaction, document_id: UUID, before: int | None, limit: int, *, drafts: bool) -> list[Version]:
    """Newest first, below the number `before`."""
    query = _VERSION.where(document_version.c.document_id == document_id)
    if not drafts:
        query = query.where(document_version.c.state == State.PUBLISHED)
    if before is not None:
        query = query.where(document_version.c.number < before)
    rows = tx.execute(query.order_by(document_version.c.number.desc()).limit(limit)).mappings()
    return [_version(row) for row in rows]


def overview(tx: Transaction, of: Version) -> Overview:
    """The version with what its page begins with; five statements however long it is."""
    headed = (BlockKind.HEADING, BlockKind.ARTICLE)
    its = document_block.c.version_id == of.id
    rows = tx.execute(_BLOCKS.where(its, document_block.c.kind.in_(headed)).limit(300)).mappings()
    headings = contents([(row["place"], _block(row)) for row in rows])
    blocks = tx.execute(select(func.count()).select_from(document_block).where(its)).scalar_one()
    outcomes = (
        select(anchor.c.outcome, func.count().label("number"))
        .join(annotation, annotation.c.id == anchor.c.annotation_id)
        .where(anchor.c.version_id == of.id, annotation.c.state == "visible")
        .group_by(anchor.c.outcome)
    )
    found = {row.outcome: row.number for row in tx.execute(outcomes)}
    lost = found.get("orphaned", 0) + found.get("ambiguous", 0)
    done = tx.execute(select(anchoring.c.at).where(anchoring.c.version_id == of.id)).first() is not None
    anchored = done or of.number == 1 or of.state is State.DRAFT
    return Overview(of, blocks, sum(found.values()) - lost, lost, anchored, tuple(headings))


def add_version(tx: Transaction, added: Version, blocks: Blocks) -> None:
    """A draft with its blocks. Raises DraftExists: the unique number has the last word."""
    row = {column.name: getattr(added, column.name) for column in document_version.columns}
    try:
        with tx.savepoint():
            tx.execute(insert(document_version), row)
    except IntegrityError:
        raise DraftExists("This document has a draft already.") from None
    if blocks:
        tx.execute(insert(document_block), [_row(added.id, place, each) for place, each in enumerate(blocks)])


def save_version(tx: Transaction, changed: Version) -> None:
    """Over the revision before. Raises Stale."""
    before = document_version.c.revision == changed.revision - 1
    values = {column.name: getattr(changed, column.name) for column in document_version.columns}
    tx.change_one(update(document_version).where(document_version.c.id == changed.id, before).values(values))


def blocks(tx: Transaction, version_id: UUID) -> Blocks:
    """All of them, in reading order; a text has at most 2000."""
    rows = tx.execute(_BLOCKS.where(document_block.c.version_id == version_id)).mappings()
    return tuple(_block(row) for row in rows)


def some_blocks(tx: Transaction, version_id: UUID, block_ids: Iterable[UUID]) -> dict[UUID, Block]:
    """Those of the version by id, in one statement."""
    its = (document_block.c.version_id == version_id) & document_block.c.block_id.in_(set(block_ids))
    return {row["block_id"]: _block(row) for row in tx.execute(_BLOCKS.where(its)).mappings()}


def page_of_blocks(tx: Transaction, version_id: UUID, first: int, limit: int) -> list[Counted]:
    """From the place `first` on, each with how many visible annotations stand there."""
    here = _BLOCKS.where(document_block.c.version_id == version_id, document_block.c.place >= first).limit(limit)
    rows = tx.execute(here).mappings().all()
    counts = annotations_at(tx, version_id, [row["block_id"] for row in rows])
    return [(row["place"], _block(row), counts.get(row["block_id"], 0)) for row in rows]


def annotations_at(tx: Transaction, version_id: UUID, block_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many visible annotations stand at these blocks of a version; a block without any is not in it."""
    if not block_ids:
        return {}
    query = (
        select(anchor.c.block_id, func.count().label("number"))
        .join(annotation, annotation.c.id == anchor.c.annotation_id)
        .where(anchor.c.version_id == version_id, anchor.c.block_id.in_(block_ids), annotation.c.state == "visible")
        .group_by(anchor.c.block_id)
    )
    return {row.block_id: row.number for row in tx.execute(query)}


def save_blocks(tx: Transaction, version_id: UUID, before: Blocks, after: Blocks) -> None:
    """What an edit made of a draft's blocks; rows that are as they were are not written."""
    old = {each.id: (place, each) for place, each in enumerate(before)}
    new = {each.id: (place, each) for place, each in enumerate(after)}
    if gone := [{"of_version": version_id, "of_block": each} for each in old if each not in new]:
        tx.execute(delete(document_block).where(_ITS_BLOCK), gone)
    if changed := [each for block_id, each in new.items() if block_id in old and old[block_id] != each]:
        values = [{"of_version": version_id, "of_block": block.id} | _written(place, block) for place, block in changed]
        tx.execute(update(document_block).where(_ITS_BLOCK), values)
    if added := [each for block_id, each in new.items() if block_id not in old]:
        tx.execute(insert(document_block), [_row(version_id, place, block) for place, block in added])


def _row(version_id: UUID, place: int, of: Block) -> dict[str, Any]:
    return {"version_id": version_id, "block_id": of.id} | _written(place, of)


def _written(place: int, of: Block) -> dict[str, Any]:
    return {
        "place": place,
        "kind": of.piece.kind,
        "level": of.piece.level,
        "number": of.piece.number,
        "text": of.text,
        "came_from": [str(each) for each in of.came_from],
    }


def _block(row: RowMapping) -> Block:
    piece = Piece(BlockKind(row["kind"]), row["text"], row["level"], row["number"])
    return Block(row["block_id"], piece, tuple(UUID(each) for each in row["came_from"]))


def _version(row: RowMapping) -> Version:
    return Version(**dict(row) | {"state": State(row["state"])})


def _listed(row: RowMapping) -> Listed:
    own = {column.name: row[column.name] for column in document.columns}
    return Listed(Document(**own), row["newest"], row["draft"], row["annotations"])
