"""The door of annotations."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.web import answered as remembered
from chassis.web import caller, created, now, ok, reading, runtime, transaction
from engagement.actors import Actor, actor
from engagement.annotations import actions, policy, schemas, store
from engagement.annotations.model import Annotation
from engagement.cursors import instant_and_id
from engagement.documents import actions as documents
from engagement.participants import store as participants
from engagement.participants.model import Participant


def annotate(version_id: str, body: dict[str, Any]) -> Response:
    remark = schemas.remark(body)
    with transaction() as tx:
        shown, leaf, author = actions.annotate(
            tx, UUID(version_id), remark, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
        return remembered(tx, created(schemas.posted(shown.annotation, author, leaf, shown)))


def reply_to_annotation(annotation_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        answer, leaf, author = actions.reply(
            tx, UUID(annotation_id), body["body"], by=actor(caller()), at=now(), sealer=runtime().sealer
        )
        return remembered(tx, created(schemas.posted(answer, author, leaf)))


def list_annotations(
    version_id: str,
    cursor: str | None = None,
    limit: int = 20,
    block: str | None = None,
    where: str = "anywhere",
    purpose: str | None = None,
    answered: bool | None = None,
) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    wanted = schemas.chosen(block, where, purpose, answered if by.is_staff else None)
    with reading() as tx:
        _, version, process = documents.read(tx, UUID(version_id), by=by)
        me = participants.of_subject(tx, process.id, by.subject, runtime().sealer)
        page = paging.page(
            store.page(tx, version.id, wanted, after, limit + 1), limit, lambda last: _place(last.annotation)
        )
        threads = store.with_replies(tx, page.items)
        said = [each.annotation for each in threads] + [reply for each in threads for reply in each.replies]
        reader = _reader(tx, said, me, by=by)
    return ok({"items": [schemas.thread(each, reader) for each in threads], "next": page.next})


def get_annotation(annotation_id: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        root = actions.found_root(tx, UUID(annotation_id))
        document = documents.visible(tx, root.document_id, by=by)
        me = participants.of_subject(tx, root.process_id, by.subject, runtime().sealer)
        if document.newest is None:
            raise NotFound("There is no such annotation.")
        (shown,) = store.with_replies(tx, [_shown(tx, root, document.newest)])
        reader = _reader(tx, [root, *shown.replies], me, by=by)
    return ok(schemas.thread(shown, reader))


def list_annotation_replies(annotation_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    with reading() as tx:
        root = actions.found_root(tx, UUID(annotation_id))
        documents.visible(tx, root.document_id, by=by)
        me = participants.of_subject(tx, root.process_id, by.subject, runtime().sealer)
        page = paging.page(store.replies(tx, root.id, after, limit + 1), limit, _place)
        reader = _reader(tx, page.items, me, by=by)
    return ok({"items": [schemas.read(each, reader) for each in page.items], "next": page.next})


def _shown(tx: Transaction, root: Annotation, newest: UUID) -> Any:
    """At the newest version; while it is being carried over there, at the one that it was given on."""
    try:
        return store.shown(tx, root.id, newest)
    except NotFound:
        return store.shown(tx, root.id, root.version_id)


def _reader(tx: Transaction, said: Iterable[Annotation], me: Participant | None, *, by: Actor) -> schemas.Reader:
    authors = {each.participant_id for each in said if each.participant_id}
    names = participants.names(tx, authors, runtime().sealer)
    return schemas.Reader(names, partial(policy.may_read, by, me), partial(policy.may_know, by))


def _place(of: Annotation) -> list[object]:
    return [of.at, of.id]
