"""Submitting an idea, one question a page. The draft stays in the session; each step is an address of its own."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, redirect, request, url_for

from portal import web
from portal.language import _, current
from portal.pages.submission.forms import DetailsForm, Draft, TitleForm
from portal.peers.engagement import participants, proposals
from portal.peers.engagement.processes import Process
from portal.peers.gateway import Refusal

pages = Blueprint("submission", __name__)


def _step(view: Callable[[Process, Draft], web.Answer]) -> Callable[[str], web.Answer]:
    """A step behind the title: without a draft it leads back to the first."""

    @wraps(view)
    @web.signed_in
    def guarded(slug: str) -> web.Answer:
        process = web.the_process(slug)
        draft = _draft(process)
        if draft is None or not draft.title:
            return web.see_other("submission.title", slug=slug)
        return view(process, draft)

    return guarded


@pages.route("/processes/<slug>/ideas/new", methods=["GET", "POST"])
@web.signed_in
def title(slug: str) -> web.Answer:
    process = web.the_process(slug)
    if not process.accepts("proposal", web.now()):
        raise Refusal(409, "phase-closed")
    if request.method == "GET" and participants.mine(web.gateway(), process.id) is None:
        return redirect(url_for("participation.join", slug=slug, next=request.path), 303)
    draft = _draft(process) or Draft.empty(_language(process))
    form = TitleForm({"title": draft.title, "language": draft.language})
    if request.method == "POST":
        if form.fits(process):
            _keep(process, draft, title=form.title.data, language=form.language.data)
            alike = proposals.similar(web.gateway(), process.id, form.title.data)
            return web.see_other("submission.similar" if alike else "submission.details", slug=slug)
        return web.page("submission/title.html", 400, process=process, form=form)
    return web.page("submission/title.html", process=process, form=form)


@pages.get("/processes/<slug>/ideas/new/similar")
@_step
def similar(process: Process, draft: Draft) -> web.Answer:
    alike = proposals.similar(web.gateway(), process.id, draft.title)
    return web.page(
        "submission/similar.html",
        process=process,
        draft=draft,
        alike=alike,
        takes_support=process.accepts("endorsement", web.now()),
    )


@pages.route("/processes/<slug>/ideas/new/details", methods=["GET", "POST"])
@_step
def details(process: Process, draft: Draft) -> web.Answer:
    form = DetailsForm(draft.kept())
    status = 200
    if request.method == "POST":
        if form.fits(process):
            _keep(process, draft, **{name: form.data[name] or "" for name in ("summary", "body", "category", "tags")})
            return web.see_other("submission.check", slug=process.slug)
        status = 400
    return web.page("submission/details.html", status, process=process, draft=draft, form=form)


@pages.route("/processes/<slug>/ideas/new/check", methods=["GET", "POST"])
@_step
def check(process: Process, draft: Draft) -> web.Answer:
    if request.method == "GET":
        return web.page("submission/check.html", process=process, draft=draft, refused=None)
    try:
        done = proposals.submit(web.gateway(), process.id, draft.content(), key=draft.key)
    except Refusal as refusal:
        if refusal.slug == "not-a-participant":
            return web.join_first(process.id, url_for("submission.check", slug=process.slug))
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        return _refused(process, draft, refusal)
    del web.visit()[_name(process)]
    if done.receipt is None:
        return web.see_other("proposals.show", proposal_id=done.id)
    web.tell(_("Your idea is published. Its number is %(reference)s.", reference=done.reference))
    return web.see_other("receipts.show", code=done.receipt.code, idea=done.id)


def _refused(process: Process, draft: Draft, refusal: Refusal) -> web.Answer:
    """At the field where the block names one, else above the answers."""
    if refusal.errors:
        form = DetailsForm(draft.kept(), sent=False)
        form.accepted()
        form.add_refusal(refusal)
        return web.page("submission/details.html", refusal.status, process=process, draft=draft, form=form)
    return web.page("submission/check.html", refusal.status, process=process, draft=draft, refused=refusal)


def _language(process: Process) -> str:
    return current() if current() in process.languages else process.languages[0]


def _name(process: Process) -> str:
    return f"idea:{process.slug}"


def _draft(process: Process) -> Draft | None:
    kept = web.visit().get(_name(process))
    return Draft.read(kept) if kept else None


def _keep(process: Process, draft: Draft, **answers: str) -> None:
    web.visit()[_name(process)] = draft.kept() | answers
