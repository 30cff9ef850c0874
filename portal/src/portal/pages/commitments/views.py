from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, request, url_for

from portal import web
from portal.forms import Form
from portal.language import _, current
from portal.pages.commitments.forms import CommitmentForm, MilestoneForm, ProgressForm
from portal.peers.engagement import commitments, evaluation, proposals
from portal.peers.engagement.commitments import STATES
from portal.peers.gateway import Refusal

pages = Blueprint("commitments", __name__)

_FIELDS = {"dueOn": "due_on", "startsOn": "starts_on", "droppedReason": "dropped_reason"}  # of the contract
_ABOUT = {"idea": "proposalId", "whole": "parentId"}


@pages.get("/processes/<slug>/commitments")
def listing(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    found = commitments.commitments(web.gateway(), process.id, cursor)
    return web.page(
        "commitments/list.html",
        process=process,
        found=found.items,
        first_url=url_for("commitments.listing", slug=slug) if cursor else None,
        next_url=url_for("commitments.listing", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.get("/commitments/<uuid:commitment_id>")
def show(commitment_id: UUID) -> web.Answer:
    found = commitments.commitment(web.gateway(), str(commitment_id))
    process = web.process_of_id(found.commitment.process_id)
    return web.page("commitments/show.html", process=process, its=found.commitment, milestones=found.milestones)


@pages.route("/processes/<slug>/commitments/new", methods=["GET", "POST"])
@web.with_role("official")
def make(slug: str) -> web.Answer:
    """`idea` names the idea that it follows from, `whole` the commitment that it is a part of."""
    process = web.the_process(slug)
    form, status = CommitmentForm(), 200
    about = {
        name: request.args[arg] for arg, name in (("idea", "proposalId"), ("whole", "parentId")) if arg in request.args
    }
    if request.method == "POST":
        status = _sent(
            form,
            form.fits(),
            lambda: commitments.make(web.gateway(), process.id, form.wire(current()) | about),
        )
        if status == 303:
            web.tell(_("The commitment is public."))
            return web.see_other("commitments.listing", slug=slug)
    return web.page("commitments/new.html", status, process=process, form=form, part="parentId" in about)


@pages.route("/commitments/<uuid:commitment_id>/progress", methods=["GET", "POST"])
@web.with_role("official")
def report(commitment_id: UUID) -> web.Answer:
    its = commitments.commitment(web.gateway(), str(commitment_id)).commitment
    held = {name: getattr(its, name) for name in ("status", "progress", "due_on", "spent", "version")}
    form, status = ProgressForm(held), 200
    if request.method == "POST":
        status = _sent(form, form.fits(), lambda: commitments.report(web.gateway(), its.id, form.wire(current())))
        if status == 303:
            web.tell(_("The progress is public."))
            return web.see_other("commitments.show", commitment_id=its.id)
    return web.page("commitments/progress.html", status, its=its, form=form, states=STATES)


@pages.route("/commitments/<uuid:commitment_id>/milestones/new", methods=["GET", "POST"])
@web.with_role("official")
def reach(commitment_id: UUID) -> web.Answer:
    its = commitments.commitment(web.gateway(), str(commitment_id)).commitment
    form, status = MilestoneForm(), 200
    if request.method == "POST":
        status = _sent(
            form,
            form.fits(),
            lambda: commitments.reach(web.gateway(), its.id, form.reached_on.data, {current(): form.words.data}),
        )
        if status == 303:
            web.tell(_("The milestone is public."))
            return web.see_other("commitments.show", commitment_id=its.id)
    return web.page("commitments/milestone.html", status, its=its, form=form)


@pages.get("/ideas/<uuid:proposal_id>/trace")
def trace(proposal_id: UUID) -> web.Answer:
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    found = commitments.trace(web.gateway(), proposal.id)
    process = web.process_of_id(proposal.process_id)
    merge = evaluation.merge_of(web.gateway(), proposal.id)
    return web.page("commitments/trace.html", process=process, proposal=proposal, trace=found, merge=merge)


def _sent(form: Form, fits: bool, step: Callable[[], object]) -> int:
    """303 when the step was done, else the status of the page that shows why not."""
    if not fits:
        return 400
    try:
        step()
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal, _FIELDS)
        return refusal.status
    return 303
