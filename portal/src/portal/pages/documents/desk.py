"""Officials' pages: bring a text in, begin the next version, answer comments."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import _, current, ngettext
from portal.pages.documents.blueprint import pages
from portal.pages.documents.forms import DispositionForm, DocumentForm, SourceForm
from portal.peers.engagement import annotations, documents
from portal.peers.engagement.annotations import DISPOSITIONS, PURPOSES, Annotation, Change, Disposition, Filter
from portal.peers.engagement.documents import Document
from portal.peers.gateway import Refusal

_POINTERS = {"source": "file"}
_MOST_BLOCKS = 2000


@pages.get("/work/processes/<uuid:process_id>/documents")
@web.with_role("official")
def of_process(process_id: UUID) -> web.Answer:
    process = web.process_of_id(str(process_id))
    cursor = request.args.get("cursor")
    found = documents.list_documents(web.gateway(), process.id, cursor)
    return web.page(
        "documents/desk.html",
        process=process,
        documents=found.items,
        first_url=url_for("documents.of_process", process_id=process_id) if cursor else None,
        next_url=url_for("documents.of_process", process_id=process_id, cursor=found.next) if found.next else None,
    )


@pages.route("/work/processes/<uuid:process_id>/documents/new", methods=["GET", "POST"])
@web.with_role("official")
def bring_in(process_id: UUID) -> web.Answer:
    process = web.process_of_id(str(process_id))
    if request.method == "GET":
        form = DocumentForm.fresh(language=process.languages[0])
        return web.page("documents/new.html", process=process, form=form)
    form, status = DocumentForm(), 400
    if form.accepted():
        try:
            made = documents.bring_in(
                web.gateway(), process.id, {current(): form.title.data}, form.language.data, form.source(),
                key=form.key.data,
            )  # fmt: skip
        except Refusal as refusal:
            if refusal.status not in web.SHOWN_ON_THE_WAY:
                raise
            form.add_refusal(refusal, _POINTERS)
            status = refusal.status
        else:
            web.tell(_("The text is here. Check its parts and their numbers, then publish it."))
            return web.see_other("documents.draft", document_id=made.id)
    return web.page("documents/new.html", status, process=process, form=form)


@pages.route("/work/documents/<uuid:document_id>/next", methods=["GET", "POST"])
@web.with_role("official")
def begin_version(document_id: UUID) -> web.Answer:
    """With `copy` from the newest version, else from a text that is brought in."""
    document = documents.document(web.gateway(), str(document_id))
    process = web.process_of_id(document.process_id)
    if request.method == "GET":
        return web.page("documents/next.html", document=document, process=process, form=SourceForm.fresh())
    form, status = SourceForm(), 400
    copy = "copy" in request.form
    if copy or form.accepted():
        try:
            documents.begin_version(web.gateway(), document.id, None if copy else form.source(), key=form.key.data)
        except Refusal as refusal:
            if refusal.status not in web.SHOWN_ON_THE_WAY:
                raise
            form.add_refusal(refusal, _POINTERS)
            status = refusal.status
        else:
            return web.see_other("documents.draft", document_id=document.id)
    return web.page("documents/next.html", status, document=document, process=process, form=form)


@pages.get("/work/documents/<uuid:document_id>/remarks")
@web.with_role("official")
def to_answer(document_id: UUID) -> web.Answer:
    """`state` is open, answered or empty; `purpose` one of those that people choose from."""
    document = documents.document(web.gateway(), str(document_id))
    if document.newest is None:
        raise NotFound
    asked = {name: request.args.get(name, "") for name in ("state", "purpose", "cursor")}
    purpose = asked["purpose"] if asked["purpose"] in PURPOSES else ""
    answered = {"open": False, "answered": True}.get(asked["state"])
    wanted = Filter(purpose=purpose or None, answered=answered, cursor=asked["cursor"] or None)
    found = annotations.list_annotations(web.gateway(), document.newest, wanted)
    links: dict[str, Any] = {"document_id": document_id, "state": asked["state"] or None, "purpose": purpose or None}
    return web.page(
        "documents/to_answer.html",
        document=document,
        process=web.process_of_id(document.process_id),
        remarks=found.items,
        state=asked["state"],
        purpose=purpose,
        purposes=PURPOSES,
        first_url=url_for("documents.to_answer", **links) if wanted.cursor else None,
        next_url=url_for("documents.to_answer", **links, cursor=found.next) if found.next else None,
    )


@pages.route("/work/annotations/<uuid:annotation_id>", methods=["GET", "POST"])
@web.with_role("official")
def dispose(annotation_id: UUID) -> web.Answer:
    remark = annotations.annotation(web.gateway(), str(annotation_id))
    document = documents.document(web.gateway(), remark.document_id)
    if request.method == "GET":
        return _disposition_page(remark, document, DispositionForm(_held(remark.disposition), sent=False))
    form = DispositionForm()
    if not form.accepted():
        return _disposition_page(remark, document, form, 400)
    change = _change(document, form.changed.data)
    if form.changed.data and change is None:
        form.changed.errors = (_("The draft has no part with this number"),)
        return _disposition_page(remark, document, form, 400)
    reason = {current(): form.reason.data} if form.reason.data else None
    try:
        annotations.dispose(web.gateway(), remark.id, form.outcome.data, reason, change)
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal, {"change": "changed"})
        return _disposition_page(remark, document, form, refusal.status)
    web.tell(_("Saved. It stays internal until the answers are published."))
    return web.see_other("documents.to_answer", document_id=document.id, state="open")


@pages.post("/work/annotations/<uuid:annotation_id>/acceptance")
@web.with_role("official")
def accept(annotation_id: UUID) -> web.Answer:
    remark = annotations.annotation(web.gateway(), str(annotation_id))
    if web.tried(lambda: annotations.accept_wording(web.gateway(), remark.id)):
        web.tell(_("The wording stands in the draft now."))
    return web.see_other("documents.dispose", annotation_id=annotation_id)


@pages.post("/work/documents/<uuid:document_id>/answers")
@web.with_role("official")
def publish_answers(document_id: UUID) -> web.Answer:
    done: list[int] = []
    if web.tried(lambda: done.append(annotations.publish_dispositions(web.gateway(), str(document_id)))):
        web.tell(ngettext("%(num)s answer is public now.", "%(num)s answers are public now.", done[0]))
    return web.see_other("documents.table", document_id=document_id)


def _held(said: Disposition | None) -> dict[str, object]:
    if said is None:
        return {}
    return {"outcome": said.outcome, "reason": (said.reason or {}).get(current(), "")}


def _change(document: Document, number: str | None) -> Change | None:
    """The block of the draft, or of the newest version without one, that people cite by this number."""
    version_id = document.draft or document.newest
    if not number or version_id is None:
        return None
    first = 0
    while first < _MOST_BLOCKS:
        page = documents.blocks(web.gateway(), version_id, first, 100)
        found = next((each for each in page.items if number in (each.number, str(each.place + 1))), None)
        if found:
            return Change(version_id, found.id)
        if page.next is None:
            break
        first += 100
    return None


def _disposition_page(remark: Annotation, document: Document, form: DispositionForm, status: int = 200) -> web.Answer:
    process = web.process_of_id(document.process_id)
    return web.page(
        "documents/dispose.html", status, remark=remark, document=document, process=process, form=form,
        outcomes=DISPOSITIONS,
    )  # fmt: skip
