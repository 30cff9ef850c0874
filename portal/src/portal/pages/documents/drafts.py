"""Officials' pages of a draft: its parts, one part, its publication."""

from uuid import UUID

from flask import request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import _, current
from portal.pages.documents.blueprint import pages
from portal.pages.documents.forms import BlockForm, PublicationForm
from portal.peers.engagement import documents
from portal.peers.engagement.documents import BLOCK_KINDS, BLOCKS_A_PAGE, Block, Document, Version
from portal.peers.gateway import Refusal


@pages.get("/work/documents/<uuid:document_id>/draft")
@web.with_role("official")
def draft(document_id: UUID) -> web.Answer:
    return _draft_page(document_id, None)


@pages.post("/work/documents/<uuid:document_id>/publication")
@web.with_role("official")
def publish(document_id: UUID) -> web.Answer:
    document, version = _drafted(document_id)
    form = PublicationForm()
    if not form.accepted():
        return _draft_page(document_id, form, 400)
    try:
        documents.publish(web.gateway(), version.id, {current(): form.note.data}, int(form.revision.data or 1))
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return _draft_page(document_id, form, refusal.status)
    web.tell(_("Published. Comments on the version before are carried over within seconds."))
    return web.see_other("documents.newest", document_id=document.id)


@pages.route("/work/documents/<uuid:document_id>/draft/<int:place>", methods=["GET", "POST"])
@web.with_role("official")
def part(document_id: UUID, place: int) -> web.Answer:
    """Words, number, kind and level of one block. A blank line in the words splits it there."""
    document, version = _drafted(document_id)
    block = _part(version, place)
    if request.method == "GET":
        held = {"kind": block.kind, "level": str(block.level), "number": block.number, "text": block.text}
        return _part_page(document, version, block, BlockForm(held | {"revision": version.revision}, sent=False))
    form = BlockForm()
    if not form.accepted():
        return _part_page(document, version, block, form, 400)
    revision = int(form.revision.data or 1)
    first, *rest = [" ".join(each.split()) for each in form.text.data.split("\n\n") if each.strip()]
    if block.kind == "table" or form.kind.data == "table":
        first, rest = form.text.data, []
    try:
        documents.edit(
            web.gateway(), version.id, revision, "revise", blockId=block.id, kind=form.kind.data,
            level=int(form.level.data or 0), number=form.number.data or "", text=" ".join([first, *rest]),
        )  # fmt: skip
        at = len(first) + 1
        if rest:
            documents.edit(web.gateway(), version.id, revision + 1, "split", blockId=block.id, at=at)
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return _part_page(document, version, block, form, refusal.status)
    return web.see_other("documents.draft", f"part-{place}", document_id=document.id, first=_page_of(place))


@pages.route("/work/documents/<uuid:document_id>/draft/<int:place>/after", methods=["GET", "POST"])
@web.with_role("official")
def insert(document_id: UUID, place: int) -> web.Answer:
    """A new block after this one."""
    document, version = _drafted(document_id)
    before = _part(version, place)
    if request.method == "GET":
        held = {"kind": "para", "level": "0", "revision": version.revision}
        return _part_page(document, version, before, BlockForm(held, sent=False), new=True)
    form = BlockForm()
    if not form.accepted():
        return _part_page(document, version, before, form, 400, new=True)
    try:
        documents.edit(
            web.gateway(), version.id, int(form.revision.data or 1), "insert", after=before.id, kind=form.kind.data,
            level=int(form.level.data or 0), number=form.number.data or "", text=form.text.data,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return _part_page(document, version, before, form, refusal.status, new=True)
    return web.see_other("documents.draft", f"part-{place + 1}", document_id=document.id, first=_page_of(place))


@pages.post("/work/documents/<uuid:document_id>/draft/<int:place>/<act>")
@web.with_role("official")
def change(document_id: UUID, place: int, act: str) -> web.Answer:
    """`act` is up, down, merge or delete; `revision` is the one that the official looked at."""
    document, version = _drafted(document_id)
    block = _part(version, place)
    asked = request.form.get("revision", "")
    revision = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    if act == "up" and place:
        after = _part(version, place - 2).id if place > 1 else None
        _do(version, revision, "move", blockId=block.id, after=after)
    elif act == "down" and place + 1 < version.blocks:
        _do(version, revision, "move", blockId=block.id, after=_part(version, place + 1).id)
    elif act in ("merge", "delete"):
        _do(version, revision, act, blockId=block.id)
    else:
        raise NotFound
    return web.see_other("documents.draft", f"part-{place}", document_id=document.id, first=_page_of(place))


def _do(version: Version, revision: int, act: str, **what: object) -> None:
    web.tried(lambda: documents.edit(web.gateway(), version.id, revision, act, **what))


def _drafted(document_id: UUID) -> tuple[Document, Version]:
    """Raises NotFound where there is no draft."""
    document = documents.document(web.gateway(), str(document_id))
    if document.draft is None:
        raise NotFound
    return document, documents.version(web.gateway(), document.draft)


def _part(version: Version, place: int) -> Block:
    """Raises NotFound."""
    found = documents.blocks(web.gateway(), version.id, min(place, 100_000), 1).items
    if not found:
        raise NotFound
    return found[0]


def _page_of(place: int) -> int:
    return place // BLOCKS_A_PAGE * BLOCKS_A_PAGE


def _draft_page(document_id: UUID, form: PublicationForm | None, status: int = 200) -> web.Answer:
    document, version = _drafted(document_id)
    asked = request.args.get("first", "")
    first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    found = documents.blocks(web.gateway(), version.id, first)
    here = url_for("documents.draft", document_id=document_id)
    return web.page(
        "documents/draft.html",
        status,
        document=document,
        process=web.process_of_id(document.process_id),
        version=version,
        blocks=found.items,
        form=form or PublicationForm({"revision": version.revision}, sent=False),
        first_url=here if first else None,
        next_url=url_for("documents.draft", document_id=document_id, first=first + BLOCKS_A_PAGE)
        if found.next
        else None,
    )


def _part_page(
    document: Document, version: Version, block: Block, form: BlockForm, status: int = 200, *, new: bool = False
) -> web.Answer:
    return web.page(
        "documents/part.html", status, document=document, version=version, block=block, form=form, kinds=BLOCK_KINDS,
        new=new,
    )  # fmt: skip
