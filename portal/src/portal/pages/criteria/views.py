from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.forms import Wrong
from portal.language import _
from portal.pages.criteria.forms import AssessmentForm, CriteriaRows, OfficeForm
from portal.peers.engagement import criteria, proposals
from portal.peers.gateway import Refusal
from portal.problems import explain

pages = Blueprint("criteria", __name__)


@pages.get("/processes/<slug>/criteria")
def show(slug: str) -> web.Answer:
    process = web.the_process(slug)
    return web.page("criteria/show.html", process=process, found=criteria.criteria(web.gateway(), process.id))


@pages.route("/processes/<slug>/criteria/edit", methods=["GET", "POST"])
@web.with_role("official")
def edit(slug: str) -> web.Answer:
    process = web.the_process(slug)
    known = criteria.criteria(web.gateway(), process.id)
    if known is None:
        raise NotFound
    rows, status = CriteriaRows.of(known), 200
    if request.method == "POST":
        rows, status = CriteriaRows.sent(request.form, known), 400
        if not rows.mistakes:
            try:
                criteria.choose(web.gateway(), process.id, rows.wire(), int(request.form.get("version") or 0))
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                explained = explain(refusal)
                rows.mistakes, status = [("", f"{explained.title}. {explained.advice}")], refusal.status
            else:
                web.tell(_("The criteria are saved."))
                return web.see_other("criteria.edit", slug=slug)
    return web.page("criteria/edit.html", status, process=process, known=known, rows=rows)


@pages.post("/processes/<slug>/criteria/publication")
@web.with_role("official")
def publish(slug: str) -> web.Answer:
    process = web.the_process(slug)
    if web.tried(lambda: criteria.publish(web.gateway(), process.id)):
        web.tell(_("The criteria are public and do not change any more."))
    return web.see_other("criteria.show", slug=slug)


@pages.route("/processes/<slug>/scores", methods=["GET", "POST"])
def scores(slug: str) -> web.Answer:
    """For officials at any time, with the evaluators; for everybody once the answers are public."""
    process = web.the_process(slug)
    someone = web.person()
    official = someone is not None and someone.has("official")
    form, status = OfficeForm(sent=request.method == "POST"), 200
    if request.method == "POST" and official:
        status = 400
        if form.accepted() and web.tried(lambda: criteria.enter(web.gateway(), process.id, form.office.data)):
            return web.see_other("criteria.scores", slug=slug)
    cursor = request.args.get("cursor")
    found = criteria.scores(web.gateway(), process.id, cursor)
    return web.page(
        "criteria/scores.html",
        status,
        process=process,
        found=found.items,
        evaluators=criteria.evaluators(web.gateway(), process.id) if official else (),
        form=form,
        first_url=url_for("criteria.scores", slug=slug) if cursor else None,
        next_url=url_for("criteria.scores", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.route("/work/ideas/<uuid:proposal_id>/assessment", methods=["GET", "POST"])
@web.with_role("official")
def assess(proposal_id: UUID) -> web.Answer:
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    process = web.process_of_id(proposal.process_id)
    looked = criteria.look(web.gateway(), proposal.id)
    own = looked.mine
    form, status = AssessmentForm({"conflict": own.conflict, "note": own.note} if own else None), 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                criteria.assess(web.gateway(), proposal.id, form.wire(looked.criteria, request.form))
            except Wrong as wrong:
                form.form_errors = [*form.form_errors, str(wrong)]
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("Your assessment is saved. It is opened when two evaluators have assessed."))
                return web.see_other("criteria.assess", proposal_id=proposal.id)
    typed = {each.code: request.form.get(f"points-{each.code}", "") for each in looked.criteria.criteria}
    held = {code: str(points) for code, points in own.scores.items()} if own else {}
    return web.page(
        "criteria/assess.html", status, proposal=proposal, process=process, looked=looked, form=form,
        points=typed if request.method == "POST" else held,
    )  # fmt: skip
