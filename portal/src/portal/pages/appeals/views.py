from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import _
from portal.pages.appeals.forms import OUTCOMES, AppealForm, DecisionForm
from portal.peers.engagement import appeals
from portal.peers.gateway import Refusal

pages = Blueprint("appeals", __name__)

_APPEALS_TO_SEARCH = 100


@pages.get("/processes/<slug>/moderation-log/<uuid:entry_id>")
def entry(slug: str, entry_id: UUID) -> web.Answer:
    return _entry_page(slug, entry_id, AppealForm(sent=False))


@pages.post("/processes/<slug>/moderation-log/<uuid:entry_id>")
@web.signed_in
def submit(slug: str, entry_id: UUID) -> web.Answer:
    form = AppealForm()
    if not form.accepted():
        return _entry_page(slug, entry_id, form, 400)
    try:
        appeals.submit(web.gateway(), str(entry_id), form.reason.data)
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return _entry_page(slug, entry_id, form, refusal.status)
    web.tell(_("Your appeal is with the moderators. Someone who did not act decides it."))
    return web.see_other("appeals.entry", slug=slug, entry_id=str(entry_id))


@pages.get("/processes/<slug>/appeals")
@web.with_role("moderator")
def waiting(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    found = appeals.waiting(web.gateway(), process.id, cursor)
    return web.page(
        "appeals/waiting.html",
        process=process,
        found=found.items,
        first_url=url_for("appeals.waiting", slug=slug) if cursor else None,
        next_url=url_for("appeals.waiting", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.route("/processes/<slug>/appeals/<uuid:appeal_id>", methods=["GET", "POST"])
@web.with_role("moderator")
def decide(slug: str, appeal_id: UUID) -> web.Answer:
    process = web.the_process(slug)
    found = appeals.waiting(web.gateway(), process.id, limit=_APPEALS_TO_SEARCH).items
    appeal = next((each for each in found if each.id == str(appeal_id)), None)
    if appeal is None:
        raise NotFound
    form = DecisionForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                appeals.decide(web.gateway(), appeal.id, form.outcome.data, form.reason.data)
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("The appeal is decided. The log shows the outcome."))
                return web.see_other("appeals.waiting", slug=slug)
    looked = appeals.look(web.gateway(), appeal.entry_id)
    return web.page(
        "appeals/decide.html", status, process=process, appeal=appeal, entry=looked.entry, form=form, outcomes=OUTCOMES
    )


def _entry_page(slug: str, entry_id: UUID, form: AppealForm, status: int = 200) -> web.Answer:
    process = web.the_process(slug)
    looked = appeals.look(web.gateway(), str(entry_id))
    return web.page("appeals/entry.html", status, process=process, looked=looked, form=form)
