"""Pages on which people read: the texts of a process, a version, what changed, and comments that lost their place."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.pages.documents.blueprint import pages
from portal.peers.engagement import annotations, documents
from portal.peers.engagement.annotations import Filter
from portal.peers.engagement.documents import BLOCKS_A_PAGE, Document, Version


@pages.get("/processes/<slug>/documents")
def listing(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    found = documents.list_documents(web.gateway(), process.id, cursor)
    here = url_for("documents.listing", slug=slug)
    return web.page(
        "documents/list.html",
        process=process,
        documents=found.items,
        first_url=here if cursor else None,
        next_url=url_for("documents.listing", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.get("/documents/<uuid:document_id>")
def newest(document_id: UUID) -> web.Answer:
    """The newest published version; its drafts are not for here."""
    document = documents.document(web.gateway(), str(document_id))
    if document.newest is None:
        raise NotFound
    return _reading_page(document, document.newest)


@pages.get("/documents/<uuid:document_id>/versions/<uuid:version_id>")
def show(document_id: UUID, version_id: UUID) -> web.Answer:
    return _reading_page(documents.document(web.gateway(), str(document_id)), str(version_id))


@pages.get("/documents/<uuid:document_id>/versions")
def versions(document_id: UUID) -> web.Answer:
    document = documents.document(web.gateway(), str(document_id))
    cursor = request.args.get("cursor")
    found = documents.versions(web.gateway(), document.id, cursor)
    here = url_for("documents.versions", document_id=document_id)
    return web.page(
        "documents/versions.html",
        document=document,
        process=web.process_of_id(document.process_id),
        versions=found.items,
        first_url=here if cursor else None,
        next_url=url_for("documents.versions", document_id=document_id, cursor=found.next) if found.next else None,
    )


@pages.get("/documents/<uuid:document_id>/versions/<uuid:version_id>/changes/<uuid:since>")
def changes(document_id: UUID, version_id: UUID, since: UUID) -> web.Answer:
    document = documents.document(web.gateway(), str(document_id))
    cursor = request.args.get("cursor")
    later, earlier = version_of(document, str(version_id)), version_of(document, str(since))
    found = documents.changes(web.gateway(), later.id, earlier.id, cursor)
    place: dict[str, Any] = {"document_id": document_id, "version_id": version_id, "since": since}
    return web.page(
        "documents/changes.html",
        document=document,
        later=later,
        earlier=earlier,
        changes=found.items,
        first_url=url_for("documents.changes", **place) if cursor else None,
        next_url=url_for("documents.changes", **place, cursor=found.next) if found.next else None,
    )


@pages.get("/documents/<uuid:document_id>/versions/<uuid:version_id>/lost")
def lost(document_id: UUID, version_id: UUID) -> web.Answer:
    document = documents.document(web.gateway(), str(document_id))
    version = version_of(document, str(version_id))
    cursor = request.args.get("cursor")
    found = annotations.list_annotations(web.gateway(), version.id, Filter(where="lost", cursor=cursor))
    place: dict[str, Any] = {"document_id": document_id, "version_id": version_id}
    return web.page(
        "documents/lost.html",
        document=document,
        process=web.process_of_id(document.process_id),
        version=version,
        remarks=found.items,
        first_url=url_for("documents.lost", **place) if cursor else None,
        next_url=url_for("documents.lost", **place, cursor=found.next) if found.next else None,
    )


def version_of(document: Document, version_id: str) -> Version:
    """Raises NotFound for a version of another document."""
    version = documents.version(web.gateway(), version_id)
    if version.document_id != document.id:
        raise NotFound
    return version


def _reading_page(document: Document, version_id: str) -> web.Answer:
    version = version_of(document, version_id)
    if version.state != "published":
        raise NotFound
    asked = request.args.get("first", "")
    first = min(int(asked), version.blocks) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    found = documents.blocks(web.gateway(), version.id, first)
    process = web.process_of_id(document.process_id)
    open_now = process.accepts("annotation", web.now()) and version.id == document.newest
    return web.page(
        "documents/show.html",
        document=document,
        version=version,
        process=process,
        blocks=found.items,
        first=first,
        before=max(0, first - BLOCKS_A_PAGE) if first else None,
        after=first + BLOCKS_A_PAGE if found.next else None,
        a_page=BLOCKS_A_PAGE,
        takes_remarks=open_now,
    )
