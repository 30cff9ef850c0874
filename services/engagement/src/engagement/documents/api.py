"""The door of documents."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import answered, caller, created, now, ok, reading, transaction
from engagement.actors import actor
from engagement.cursors import instant_and_id, number_and_id
from engagement.documents import actions, schemas, store
from engagement.documents.formats.source import read
from engagement.processes import actions as processes


def list_documents(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        found = store.page(tx, process.id, after, limit + 1, drafts=by.is_staff)
    page = paging.page(found, limit, lambda last: [last.document.created_at, last.document.id])
    return ok({"items": [schemas.document(each, staff=by.is_staff) for each in page.items], "next": page.next})


def import_document(process_id: str, body: dict[str, Any]) -> Response:
    pieces, by = read(schemas.source(body["source"])), actor(caller())
    with transaction() as tx:
        document = actions.bring_in(tx, UUID(process_id), body["title"], body["language"], pieces, by=by, at=now())
        return answered(tx, created(schemas.document(document, staff=True)))


def get_document(document_id: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        found = actions.visible(tx, UUID(document_id), by=by)
    return ok(schemas.document(found, staff=by.is_staff))


def list_versions(document_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, before = actor(caller()), number_and_id(cursor)
    with reading() as tx:
        document = actions.visible(tx, UUID(document_id), by=by).document
        found = store.versions(tx, document.id, before[0] if before else None, limit + 1, drafts=by.is_staff)
    page = paging.page(found, limit, lambda last: [last.number, last.id])
    return ok({"items": [schemas.version(each) for each in page.items], "next": page.next})


def draft_version(document_id: str, body: dict[str, Any]) -> Response:
    pieces = read(schemas.source(body["source"])) if "source" in body else None
    with transaction() as tx:
        draft = actions.begin_version(tx, UUID(document_id), pieces, by=actor(caller()), at=now())
        return answered(tx, created(schemas.version(draft)))


def get_version(version_id: str) -> Response:
    with reading() as tx:
        _, version, _ = actions.read(tx, UUID(version_id), by=actor(caller()))
        found = store.overview(tx, version)
    return ok(schemas.overview(found))


def list_blocks(version_id: str, cursor: str | None = None, limit: int = 20, first: int = 0) -> Response:
    after = number_and_id(cursor)
    with reading() as tx:
        _, version, _ = actions.read(tx, UUID(version_id), by=actor(caller()))
        found = store.page_of_blocks(tx, version.id, after[0] + 1 if after else first, limit + 1)
    page = paging.page(found, limit, lambda last: [last[0], last[1].id])
    return ok({"items": [schemas.block(each) for each in page.items], "next": page.next})


def edit_draft(version_id: str, body: dict[str, Any]) -> Response:
    change = schemas.edit(body)
    with transaction() as tx:
        draft = actions.edit(tx, UUID(version_id), change, body["revision"], by=actor(caller()))
    return ok(schemas.version(draft))


def publish_version(version_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        version = actions.publish(tx, UUID(version_id), body["note"], body["revision"], by=actor(caller()), at=now())
    return ok(schemas.version(version))
