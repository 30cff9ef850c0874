"""The stories of a disposition: record it, take a proposed wording into the draft, publish all."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis import outbox
from chassis.database import Transaction
from engagement.actors import Actor
from engagement.anchoring.model import carried, passage
from engagement.annotations import actions as annotations
from engagement.annotations import store as annotated
from engagement.annotations.model import Annotation, Disposition, Outcome, WordingMissing
from engagement.audit import store as audit
from engagement.dispositions import events, store
from engagement.dispositions.model import (
    Answer,
    Change,
    DispositionIsPublic,
    NoDraft,
    Ruling,
    UnknownChange,
    WordingMoved,
)
from engagement.documents import store as documents
from engagement.documents.model import Version
from engagement.documents.text import revise
from engagement.processes import store as processes
from engagement.processes.model import Process, Role
from engagement.processes.policy import may_act


def dispose(tx: Transaction, annotation_id: UUID, ruling: Ruling, *, by: Actor, at: datetime) -> Disposition:
    """Say what becomes of it, or say it anew while it is internal. Raises NotFound, NotAnOfficial, NotYourRole,
    DispositionUnexplained, UnknownChange, DispositionIsPublic."""
    annotation, process = _to_rule_on(tx, annotation_id, by=by)
    ruling = ruling.explained(process.limits.reason_min)
    if ruling.change is not None:
        _check(tx, annotation, ruling.change)
    return _recorded(tx, annotation, ruling, by=by, at=at)


def accept_wording(tx: Transaction, annotation_id: UUID, *, by: Actor, at: datetime) -> Disposition:
    """Into the draft as it was proposed, where its words stand unchanged. Raises NotFound, NotAnOfficial, NotYourRole,
    WordingMissing, NoDraft, WordingMoved, DispositionIsPublic."""
    annotation, _ = _to_rule_on(tx, annotation_id, by=by)
    if annotation.proposed is None:
        raise WordingMissing("This annotation proposes no wording.", [("/annotationId", "proposes no wording")])
    draft = documents.draft(tx, annotation.document_id)
    if draft is None:
        raise NoDraft("Begin the next version first.")
    change = Change(draft.id, _rewritten(tx, annotation, draft))
    return _recorded(tx, annotation, Ruling(Answer.ACCEPTED, change=change), by=by, at=at)


def publish(tx: Transaction, document_id: UUID, *, by: Actor, at: datetime) -> int:
    """Make all that are recorded public at once; how many. Raises NotFound, NotAnOfficial, NotYourRole."""
    document = documents.find(tx, document_id)
    may_act(by, processes.find(tx, document.process_id), Role.PUBLISHER).require()
    published = store.publish(tx, document.id, at)
    authors = store.authors(tx, document.id, at)
    outbox.put(tx, *(events.answered(each, *authors[each.annotation_id]) for each in published))
    audit.record(tx, document.process_id, "dispositions published", document.id, by=by, at=at)
    return len(published)


def _to_rule_on(tx: Transaction, annotation_id: UUID, *, by: Actor) -> tuple[Annotation, Process]:
    annotation = annotations.found_root(tx, annotation_id)
    process = processes.find(tx, annotation.process_id)
    may_act(by, process, Role.DECISION_MAKER).require()
    return annotation, process


def _check(tx: Transaction, annotation: Annotation, change: Change) -> None:
    """Raises UnknownChange, NotFound."""
    version, own = documents.version(tx, change.version_id), documents.version(tx, annotation.version_id)
    later = version.document_id == annotation.document_id and version.number > own.number
    if not later or not documents.some_blocks(tx, version.id, [change.block_id]):
        raise UnknownChange("A change is a block of a later version.", [("/change", "is no block of a later version")])


def _rewritten(tx: Transaction, annotation: Annotation, draft: Version) -> UUID:
    """The block of the draft that has the proposed wording now. Raises WordingMoved."""
    assert annotation.proposed is not None  # noqa: S101 - the caller has just looked
    newest = documents.newest(tx, documents.find(tx, annotation.document_id))
    assert newest is not None  # noqa: S101 - an annotation is on a published version
    place = annotated.shown(tx, annotation.id, newest.id).anchor
    blocks = documents.blocks(tx, draft.id)
    there = carried(place, passage(draft.id, documents.blocks(tx, newest.id), blocks)) if place else None
    if there is None or there.outcome is not Outcome.PLACED or there.block_id is None:
        raise WordingMoved("The draft does not hold these words any more.")
    text = next(each.text for each in blocks if each.id == there.block_id)
    before, after = (text[: there.start], text[there.end :]) if there.start is not None else ("", "")
    change = revise(there.block_id, text=before + annotation.proposed + after)
    documents.save_version(tx, replace(draft, revision=draft.revision + 1))
    documents.save_blocks(tx, draft.id, blocks, change(blocks))
    return there.block_id


def _recorded(tx: Transaction, annotation: Annotation, ruling: Ruling, *, by: Actor, at: datetime) -> Disposition:
    said = ruling.of(annotation, by=by.subject or "", at=at)
    if not store.save(tx, said):
        raise DispositionIsPublic("This disposition is published.")
    audit.record(tx, annotation.process_id, f"annotation {ruling.answer}", annotation.id, by=by, at=at)
    return said
