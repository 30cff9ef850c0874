"""The stories of a document: bring it in, begin the next version, edit it, publish it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis import ids, jobs, outbox
from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.documents import events, policy, store
from engagement.documents.alignment import recognised
from engagement.documents.model import Document, DraftExists, Listed, Version
from engagement.documents.text import Blocks, Edit, Piece, carried, checked, made
from engagement.processes import store as processes
from engagement.processes.actions import visible as visible_process
from engagement.processes.model import Process, Role, Text
from engagement.processes.policy import may_act

CARRY_OVER = "carry-annotations-over"


def visible(tx: Transaction, document_id: UUID, *, by: Actor) -> Listed:
    """Raises NotFound, also for what the actor may not know of."""
    found = store.find_listed(tx, document_id)
    visible_process(tx, found.document.process_id, by=by)
    if not policy.may_see(by, found.document):
        raise NotFound("There is no such document.")
    return found


def read(tx: Transaction, version_id: UUID, *, by: Actor) -> tuple[Document, Version, Process]:
    """A version with what it belongs to. Raises NotFound, also for what the actor may not know of."""
    version = store.version(tx, version_id)
    document = store.find(tx, version.document_id)
    process = visible_process(tx, document.process_id, by=by)
    if not policy.may_read(by, version):
        raise NotFound("There is no such version.")
    return document, version, process


def bring_in(
    tx: Transaction, process_id: UUID, title: Text, language: str, pieces: list[Piece], *, by: Actor, at: datetime
) -> Listed:
    """A new document, its first version a draft. Raises NotFound, NotAnOfficial, NotYourRole, TextTooLarge."""
    process = visible_process(tx, process_id, by=by)
    may_act(by, process, Role.EDITOR).require()
    document = Document(ids.new(), process.id, title, language, by.subject or "", at)
    store.add(tx, document)
    draft = Version(ids.new(), document.id, 1, at)
    store.add_version(tx, draft, made(pieces))
    audit.record(tx, process.id, "document brought in", document.id, by=by, at=at)
    return Listed(document, None, draft.id, 0)


def begin_version(
    tx: Transaction, document_id: UUID, pieces: list[Piece] | None, *, by: Actor, at: datetime
) -> Version:
    """The next draft: the newest version's blocks, or those of a text that was brought in, recognised where they are
    alike. Raises NotFound, NotAnOfficial, NotYourRole, DraftExists, TextTooLarge."""
    document = store.find_to_change(tx, document_id)
    may_act(by, processes.find(tx, document.process_id), Role.EDITOR).require()
    newest = store.newest(tx, document)
    if newest is None:
        raise DraftExists("The first version is not published yet.")
    before = carried(store.blocks(tx, newest.id))
    draft = Version(ids.new(), document.id, newest.number + 1, at)
    store.add_version(tx, draft, before if pieces is None else recognised(before, pieces))
    audit.record(tx, document.process_id, "version begun", draft.id, by=by, at=at)
    return draft


def edit(tx: Transaction, version_id: UUID, change: Edit, revision: int, *, by: Actor) -> Version:
    """One change of a draft. Raises NotFound, NotAnOfficial, NotYourRole, VersionIsPublished, Stale, BadEdit,
    TextTooLarge."""
    found = store.version(tx, version_id)
    process_id = store.find(tx, found.document_id).process_id
    may_act(by, processes.find(tx, process_id), Role.EDITOR).require()
    draft = found.edited(revision)
    store.save_version(tx, draft)
    before = store.blocks(tx, draft.id)
    store.save_blocks(tx, draft.id, before, checked(change(before)))
    return draft


def publish(tx: Transaction, version_id: UUID, note: Text, revision: int, *, by: Actor, at: datetime) -> Version:
    """From now on it never changes; its annotations follow. Raises NotFound, NotAnOfficial, NotYourRole,
    VersionIsPublished, Stale, NothingToPublish."""
    document = store.find_to_change(tx, store.version(tx, version_id).document_id)
    may_act(by, processes.find(tx, document.process_id), Role.PUBLISHER).require()
    blocks: Blocks = store.blocks(tx, version_id)
    before = store.newest(tx, document)
    version = store.version(tx, version_id).published_as(
        blocks, before.sha256 if before else None, note=note, revision=revision, by=by.subject or "", at=at
    )
    store.save_version(tx, version)
    store.save_published(tx, replace(document, published=version.number))
    if before is not None:
        jobs.put(tx, CARRY_OVER, str(version.id), {"documentId": str(document.id)}, at)
    audit.record(tx, document.process_id, "version published", version.id, by=by, at=at)
    outbox.put(tx, events.version_published(document, version))
    return version
