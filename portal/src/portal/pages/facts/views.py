from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import _, current, plain
from portal.pages.facts.forms import FactsForm, RumourForm, SourcedForm, lines
from portal.peers.engagement import facts, moderation
from portal.peers.engagement.facts import RUMOUR_STATES
from portal.peers.gateway import Refusal

pages = Blueprint("facts", __name__)

_RUMOURS_TO_SEARCH = 100


@pages.get("/processes/<slug>/facts")
def show(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    rumours = facts.rumours(web.gateway(), process.id, cursor)
    return web.page(
        "facts/show.html",
        process=process,
        facts=facts.facts(web.gateway(), process.id),
        rumours=rumours.items,
        first_url=url_for("facts.show", slug=slug, _anchor="rumours") if cursor else None,
        next_url=url_for("facts.show", slug=slug, cursor=rumours.next, _anchor="rumours") if rumours.next else None,
    )


@pages.get("/processes/<slug>/facts/versions")
def versions(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    found = facts.versions(web.gateway(), process.id, cursor)
    return web.page(
        "facts/versions.html",
        process=process,
        found=found.items,
        first_url=url_for("facts.versions", slug=slug) if cursor else None,
        next_url=url_for("facts.versions", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.get("/processes/<slug>/context")
def context(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    found = moderation.labels(web.gateway(), process.id, cursor)
    return web.page(
        "facts/context.html",
        process=process,
        found=found.items,
        first_url=url_for("facts.context", slug=slug) if cursor else None,
        next_url=url_for("facts.context", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.route("/processes/<slug>/facts/edit", methods=["GET", "POST"])
@web.with_role("official")
def edit(slug: str) -> web.Answer:
    """Keeps the facts in other languages as they are."""
    process = web.the_process(slug)
    known = facts.facts(web.gateway(), process.id)
    held = (
        {"body": plain(known.body), "sources": lines(known.sources), "after": known.number} if known else {"after": 0}
    )
    form = FactsForm(held)
    status = 200
    if request.method == "POST":
        body = {**(known.body if known else {}), current(): form.body.data or ""}
        status = _sent(
            form,
            lambda: facts.state(web.gateway(), process.id, body, form.listed(), int(form.after.data or 0)),
        )
        if status == 303:
            web.tell(_("The facts are public. The version before stays readable."))
            return web.see_other("facts.show", slug=slug)
    return web.page("facts/edit.html", status, process=process, form=form)


@pages.route("/processes/<slug>/rumours/new", methods=["GET", "POST"])
@web.with_role("official")
def register(slug: str) -> web.Answer:
    process = web.the_process(slug)
    form = RumourForm()
    status = 200
    if request.method == "POST":
        if not form.claim.data:
            form.accepted()
            form.claim.errors = (_("Write what people say"),)
            status = 400
        else:
            words, answer = {current(): form.claim.data}, {current(): form.answer.data or ""}
            status = _sent(
                form,
                lambda: facts.register_rumour(
                    web.gateway(), process.id, words, form.status.data, answer, form.listed()
                ),
            )
        if status == 303:
            web.tell(_("The rumour and its answer are public."))
            return web.see_other("facts.show", "rumours", slug=slug)
    return web.page("facts/rumour.html", status, process=process, form=form, rumour=None, states=RUMOUR_STATES)


@pages.route("/processes/<slug>/rumours/<uuid:rumour_id>", methods=["GET", "POST"])
@web.with_role("official")
def answer(slug: str, rumour_id: UUID) -> web.Answer:
    process = web.the_process(slug)
    found = facts.rumours(web.gateway(), process.id, limit=_RUMOURS_TO_SEARCH).items
    rumour = next((each for each in found if each.id == str(rumour_id)), None)
    if rumour is None:
        raise NotFound
    form = RumourForm({"status": rumour.status, "answer": plain(rumour.answer), "sources": lines(rumour.sources)})
    status = 200
    if request.method == "POST":
        words = {**rumour.answer, current(): form.answer.data or ""}
        status = _sent(form, lambda: facts.answer_rumour(web.gateway(), rumour, form.status.data, words, form.listed()))
        if status == 303:
            web.tell(_("The rumour and its answer are public."))
            return web.see_other("facts.show", "rumours", slug=slug)
    return web.page("facts/rumour.html", status, process=process, form=form, rumour=rumour, states=RUMOUR_STATES)


def _sent(form: SourcedForm, step: Callable[[], None]) -> int:
    """303 when the step was done, else the status of the page that shows why not."""
    if not form.accepted():
        return 400
    try:
        step()
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return refusal.status
    return 303
