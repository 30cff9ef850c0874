"""The door of dispositions."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import caller, now, ok, reading, transaction
from engagement.actors import actor
from engagement.annotations import schemas as annotations
from engagement.cursors import instant_and_id
from engagement.dispositions import actions, schemas, store
from engagement.documents import actions as documents


def dispose_of_annotation(annotation_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        said = actions.dispose(tx, UUID(annotation_id), schemas.ruling(body), by=actor(caller()), at=now())
    return ok(annotations.disposition(said))


def accept_wording(annotation_id: str) -> Response:
    with transaction() as tx:
        said = actions.accept_wording(tx, UUID(annotation_id), by=actor(caller()), at=now())
    return ok(annotations.disposition(said))


def list_dispositions(document_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    with reading() as tx:
        document = documents.visible(tx, UUID(document_id), by=by).document
        found = store.lines(tx, document.id, after, limit + 1, internal=by.is_staff)
    page = paging.page(found, limit, lambda last: [last.annotation.at, last.annotation.id])
    return ok({"items": [schemas.line(each) for each in page.items], "next": page.next})


def publish_dispositions(document_id: str) -> Response:
    with transaction() as tx:
        published = actions.publish(tx, UUID(document_id), by=actor(caller()), at=now())
    return ok({"published": published})
