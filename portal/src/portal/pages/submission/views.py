"""Submitting an idea, one question a page. The draft stays in the session; each step is an address of its own."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from flask import Blueprint, redirect, request, url_for

from portal import web
from portal.language import _, current
from portal.pages.proposals.views import may_edit
from portal.pages.submission.forms import DetailsForm, Draft, TitleForm
from portal.peers.engagement import participants, proposals
from portal.peers.engagement.processes import Process
from portal.peers.gateway import Refusal

pages = Blueprint("submission", __name__)

_DETAILS = ("summary", "body", "category", "tags", "place", "cost", "currency", "estimated_by", "display", "pseudonym")


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
            alike = proposals.similar(web.gateway(), process.id, form.title.data) if not draft.id else ()
            shown = "yes" if alike else ""
            _keep(process, draft, title=form.title.data, language=form.language.data, shown_similar=shown)
            if alike:
                proposals.record_similar(web.gateway(), process.id, "shown")
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
            _keep(process, draft, **{name: form.data[name] or "" for name in _DETAILS} | {"shown_similar": ""})
            if draft.shown_similar:
                proposals.record_similar(web.gateway(), process.id, "continued")
            return web.see_other("submission.check", slug=process.slug)
        status = 400
    return _details_page(process, draft, form, status)


@pages.route("/processes/<slug>/ideas/new/check", methods=["GET", "POST"])
@_step
def check(process: Process, draft: Draft) -> web.Answer:
    if request.method == "GET":
        return _check_page(process, draft)
    later = "keep" in request.form and draft.state == "draft"
    try:
        done = _sent(process, draft, keep=later)
    except Refusal as refusal:
        if refusal.slug == "not-a-participant":
            return web.join_first(process.id, url_for("submission.check", slug=process.slug))
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        return _refused(process, draft, refusal)
    if later:
        return _kept(process, draft, done.id)
    del web.visit()[_name(process)]
    if done.receipt is None:
        return web.see_other("proposals.show", proposal_id=done.id)
    web.tell(_("Your idea is published. Its number is %(reference)s.", reference=done.reference))
    return web.see_other("receipts.show", code=done.receipt.code, idea=done.id)


@pages.get("/ideas/<uuid:proposal_id>/edit")
@web.signed_in
def resume(proposal_id: UUID) -> web.Answer:
    """On with what the block has: a draft, or a public idea shortly after its publication."""
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    if not may_edit(proposal, web.now()):
        raise Refusal(409, "already-submitted")
    process = web.process_of_id(proposal.process_id)
    web.visit()[_name(process)] = Draft.of(proposal).kept()
    step = "submission.check" if request.args.get("step") == "check" else "submission.title"
    return web.see_other(step, slug=process.slug)


def _sent(process: Process, draft: Draft, *, keep: bool) -> proposals.SubmittedProposal:
    """To the block: for the first time, or over what it has. `keep` leaves it a draft."""
    content = draft.content() | ({"draft": True} if keep else {})
    if draft.id:
        return proposals.revise(web.gateway(), draft.id, content)
    return proposals.submit(web.gateway(), process.id, content, key=draft.key if not keep else f"{draft.key}-draft")


def _kept(process: Process, draft: Draft, proposal_id: str) -> web.Answer:
    """The block has the draft; on to where the person wants to go."""
    if request.form["keep"] == "pictures":
        _keep(process, draft, id=proposal_id)
        return web.see_other("pictures.edit", proposal_id=proposal_id)
    del web.visit()[_name(process)]
    web.tell(_("Your draft is kept. You find it among your ideas."))
    return web.see_other("proposals.mine", slug=process.slug)


def _check_page(process: Process, draft: Draft, refused: Refusal | None = None) -> web.Answer:
    pictures = proposals.proposal(web.gateway(), draft.id).pictures if draft.id else ()
    status = refused.status if refused else 200
    return web.page("submission/check.html", status, process=process, draft=draft, pictures=pictures, refused=refused)


def _details_page(process: Process, draft: Draft, form: DetailsForm, status: int) -> web.Answer:
    other_names = proposals.rules(web.gateway(), process.id).other_names
    return web.page(
        "submission/details.html",
        status,
        process=process,
        draft=draft,
        form=form,
        displays=proposals.DISPLAYS if other_names else (),
    )


def _refused(process: Process, draft: Draft, refusal: Refusal) -> web.Answer:
    """At the field where the block names one, else above the answers."""
    if refusal.errors:
        form = DetailsForm(draft.kept(), sent=False)
        form.accepted()
        form.add_refusal(refusal)
        return _details_page(process, draft, form, refusal.status)
    return _check_page(process, draft, refusal)


def _language(process: Process) -> str:
    return current() if current() in process.languages else process.languages[0]


def _name(process: Process) -> str:
    return f"idea:{process.slug}"


def _draft(process: Process) -> Draft | None:
    kept = web.visit().get(_name(process))
    return Draft.read(kept) if kept else None


def _keep(process: Process, draft: Draft, **answers: str) -> None:
    web.visit()[_name(process)] = draft.kept() | answers
