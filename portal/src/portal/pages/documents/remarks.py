"""Pages on which people comment: at a block, on the whole document, and in answer to each other."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import _
from portal.pages.comments.views import content_language
from portal.pages.documents.blueprint import pages
from portal.pages.documents.forms import RemarkForm, ReplyForm
from portal.pages.documents.reading import version_of
from portal.peers.engagement import annotations, documents
from portal.peers.engagement.annotations import PURPOSES, Filter
from portal.peers.engagement.documents import Block
from portal.peers.gateway import Refusal

_POINTERS = {"target": "exact", "proposedText": "proposed"}


@pages.get("/documents/<uuid:document_id>/versions/<uuid:version_id>/blocks/<uuid:block_id>/<int:place>")
def block(document_id: UUID, version_id: UUID, block_id: UUID, place: int) -> web.Answer:
    """`place` is where the block stands in the version; `exact`, `prefix` and `suffix` are the words that were chosen
    on the page before."""
    chosen = {name: request.args.get(name, "")[:2000] for name in ("exact", "prefix", "suffix")}
    return _block_page(document_id, version_id, _block_at(version_id, block_id, place), RemarkForm.fresh(**chosen))


@pages.post("/documents/<uuid:document_id>/versions/<uuid:version_id>/blocks/<uuid:block_id>/<int:place>")
@web.signed_in
def annotate_block(document_id: UUID, version_id: UUID, block_id: UUID, place: int) -> web.Answer:
    found = _block_at(version_id, block_id, place)
    form = RemarkForm()
    said = {name: getattr(form, name).data for name in ("exact", "prefix", "suffix")}
    target = {"blockId": str(block_id)} | ({name: each for name, each in said.items() if each} if said["exact"] else {})
    done = _annotate(document_id, version_id, form, {"target": target})
    return done or _block_page(document_id, version_id, found, form, 400)


@pages.get("/documents/<uuid:document_id>/versions/<uuid:version_id>/whole")
def whole(document_id: UUID, version_id: UUID) -> web.Answer:
    return _block_page(document_id, version_id, None, RemarkForm.fresh())


@pages.post("/documents/<uuid:document_id>/versions/<uuid:version_id>/whole")
@web.signed_in
def annotate_whole(document_id: UUID, version_id: UUID) -> web.Answer:
    form = RemarkForm()
    return _annotate(document_id, version_id, form, {}) or _block_page(document_id, version_id, None, form, 400)


@pages.get("/annotations/<uuid:annotation_id>")
def thread(annotation_id: UUID) -> web.Answer:
    return _thread_page(annotation_id, ReplyForm.fresh())


@pages.post("/annotations/<uuid:annotation_id>")
@web.signed_in
def reply(annotation_id: UUID) -> web.Answer:
    form = ReplyForm()
    root = annotations.annotation(web.gateway(), str(annotation_id))
    process = web.process_of_id(documents.document(web.gateway(), root.document_id).process_id)
    if not form.fits(process.limits.comment_max):
        return _thread_page(annotation_id, form, 400)
    words = {content_language(process): form.body.data}
    try:
        done = annotations.reply(web.gateway(), root.id, words, key=form.key.data)
    except Refusal as refusal:
        if refusal.slug == "not-a-participant":
            return web.join_first(process.id, url_for("documents.thread", annotation_id=annotation_id))
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return _thread_page(annotation_id, form, refusal.status)
    web.tell(_("Your reply is counted. Your receipt: %(code)s", code=done.receipt.code))
    return web.see_other("documents.thread", f"remark-{done.id}", annotation_id=annotation_id)


def _annotate(document_id: UUID, version_id: UUID, form: RemarkForm, target: dict[str, object]) -> web.Answer | None:
    """None where the form has to be shown again."""
    process = web.process_of_id(documents.document(web.gateway(), str(document_id)).process_id)
    if not form.fits(process.limits.comment_max):
        return None
    content = {"purpose": form.purpose.data, "body": {content_language(process): form.body.data}} | target
    if form.proposed.data:
        content["proposedText"] = form.proposed.data
    try:
        done = annotations.annotate(web.gateway(), str(version_id), content, key=form.key.data)
    except Refusal as refusal:
        if refusal.slug == "not-a-participant":
            return web.join_first(process.id, request.path)
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal, _POINTERS)
        return None
    web.tell(_("Your comment is counted. Your receipt: %(code)s", code=done.receipt.code))
    return web.see_other("documents.thread", annotation_id=done.id)


def _block_at(version_id: UUID, block_id: UUID, place: int) -> Block:
    """Raises NotFound."""
    found = documents.blocks(web.gateway(), str(version_id), place, 1).items
    if not found or found[0].id != str(block_id):
        raise NotFound
    return found[0]


def _block_page(
    document_id: UUID, version_id: UUID, at: Block | None, form: RemarkForm, status: int = 200
) -> web.Answer:
    gateway = web.gateway()
    document = documents.document(gateway, str(document_id))
    version = version_of(document, str(version_id))
    process = web.process_of_id(document.process_id)
    cursor = request.args.get("cursor") if request.method == "GET" else None
    wanted = Filter(block=at.id, cursor=cursor) if at else Filter(where="document", cursor=cursor)
    found = annotations.list_annotations(gateway, version.id, wanted)
    place: dict[str, Any] = {"document_id": document_id, "version_id": version_id}
    here = (
        url_for("documents.block", **place, block_id=at.id, place=at.place)
        if at
        else url_for("documents.whole", **place)
    )
    return web.page(
        "documents/block.html",
        status,
        document=document,
        version=version,
        process=process,
        block=at,
        form=form,
        remarks=found.items,
        purposes=PURPOSES if at else tuple(each for each in PURPOSES if each != "propose_wording"),
        here_url=here,
        first_url=here if cursor else None,
        next_url=f"{here}?cursor={found.next}" if found.next else None,
        takes_remarks=process.accepts("annotation", web.now()) and version.id == document.newest,
    )


def _thread_page(annotation_id: UUID, form: ReplyForm, status: int = 200) -> web.Answer:
    gateway = web.gateway()
    root = annotations.annotation(gateway, str(annotation_id))
    document = documents.document(gateway, root.document_id)
    process = web.process_of_id(document.process_id)
    cursor = request.args.get("cursor") if request.method == "GET" else None
    found = annotations.replies(gateway, root.id, cursor)
    here = url_for("documents.thread", annotation_id=annotation_id)
    return web.page(
        "documents/thread.html",
        status,
        root=root,
        replies=found.items,
        document=document,
        process=process,
        form=form,
        first_url=here if cursor else None,
        next_url=url_for("documents.thread", annotation_id=annotation_id, cursor=found.next) if found.next else None,
        takes_remarks=process.accepts("annotation", web.now()),
    )
