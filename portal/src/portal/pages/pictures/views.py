from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import current
from portal.pages.pictures.forms import PictureForm
from portal.peers.engagement import pictures, proposals
from portal.peers.gateway import Gateway, Refusal

pages = Blueprint("pictures", __name__)

_NAMES = frozenset({"thumb.webp", "thumb.jpg", "large.webp", "large.jpg"})
_FORM_BYTES = pictures.BYTES_MOST + 16_384  # the file, and what a form puts around it
_KEPT = "public, max-age=2592000, immutable"  # thirty days: what a moderator hides is gone from browsers by then


@pages.url_value_preprocessor
def _let_files_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before anything reads the form, which is larger here than elsewhere."""
    request.max_content_length = _FORM_BYTES


@pages.get("/pictures/<uuid:picture_id>/<name>")
def file(picture_id: UUID, name: str) -> web.Answer:
    """Asked for in nobody's name first, so that what everybody sees may be kept by everybody's browser."""
    if name not in _NAMES:
        raise NotFound
    own = web.gateway()
    try:
        found, kept = pictures.file(Gateway(own.peers, language=own.language), str(picture_id), name), _KEPT
    except Refusal as refusal:
        if refusal.status != 404 or own.person_token is None:
            raise
        found, kept = pictures.file(own, str(picture_id), name), "private, no-store"
    answer = Response(found.content, mimetype=found.media_type)
    answer.headers["Cache-Control"] = kept
    return answer


@pages.route("/ideas/<uuid:proposal_id>/pictures", methods=["GET", "POST"])
@web.signed_in
def edit(proposal_id: UUID) -> web.Answer:
    if request.method == "GET":
        return _page(proposal_id, PictureForm.fresh())
    form = PictureForm()
    if not form.accepted():
        return _page(proposal_id, form, 400)
    try:
        pictures.add(web.gateway(), str(proposal_id), form.content, {current(): form.alt.data}, key=form.key.data)
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal, {"content": "file"})
        return _page(proposal_id, form, refusal.status)
    return web.see_other("pictures.edit", proposal_id=proposal_id)


@pages.post("/ideas/<uuid:proposal_id>/pictures/<uuid:picture_id>/removal")
@web.signed_in
def remove(proposal_id: UUID, picture_id: UUID) -> web.Answer:
    web.tried(lambda: pictures.remove(web.gateway(), str(proposal_id), str(picture_id)))
    return redirect(url_for("pictures.edit", proposal_id=proposal_id), 303)


def _page(proposal_id: UUID, form: PictureForm, status: int = 200) -> web.Answer:
    """Back leads to the idea, and from a draft on to its last step."""
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    draft = proposal.state == "draft"
    back = url_for("submission.resume" if draft else "proposals.show", proposal_id=proposal_id)
    back += "?step=check" if draft else ""
    return web.page("pictures/edit.html", status, proposal=proposal, form=form, most=pictures.MOST, back=back)
