"""Checking, sealing, deciding and publishing: the steps after the last phase. Each is asked of engagement, which may
refuse it."""

from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal import web
from portal.language import _, current, ngettext
from portal.pages.decisions.forms import DecisionForm, MergeForm
from portal.peers.engagement import evaluation, processes, proposals
from portal.peers.engagement.evaluation import OUTCOMES, REASON_CODES
from portal.peers.engagement.proposals import Filter
from portal.peers.gateway import Refusal

pages = Blueprint("decisions", __name__)

_FIELDS = {"reasonCode": "reason_code", "legalBasis": "legal_basis", "publishAt": "publish_on"}  # of the contract
_MERGED_MOST = 50


@pages.after_request
def forget(answer: Response) -> Response:
    """What officials do shows at once."""
    if request.method == "POST":
        web.portal().recent.clear()
    return answer


@pages.get("/work/processes/<uuid:process_id>/verification")
@web.with_role("official")
def verification(process_id: UUID) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    found = proposals.list_proposals(web.gateway(), process.id, Filter(work="to_verify"))
    return web.page("decisions/verification.html", process=process, found=found.items, more=found.next is not None)


@pages.post("/work/processes/<uuid:process_id>/verification")
@web.with_role("official")
def verify(process_id: UUID) -> web.Answer:
    """`one` is `valid:<id>` or `invalid:<id>`; `all` marks the ideas named in `idea` valid."""
    outcome, _colon, one = request.form.get("one", "valid:").partition(":")
    ids = [one] if one else request.form.getlist("idea")
    done = 0
    for proposal_id in ids:
        if not web.tried(lambda each=proposal_id: evaluation.verify(web.gateway(), each, outcome)):  # type: ignore[misc]
            break
        done += 1
    if done:
        web.tell(ngettext("%(num)s idea is checked.", "%(num)s ideas are checked.", done))
    return web.see_other("decisions.verification", process_id=str(process_id))


@pages.post("/work/processes/<uuid:process_id>/seal")
@web.with_role("official")
def seal(process_id: UUID) -> web.Answer:
    if not web.tried(lambda: evaluation.seal(web.gateway(), str(process_id))):
        return web.see_other("decisions.verification", process_id=str(process_id))
    web.tell(_("Sealed. From here on the input does not change."))
    return web.see_other("decisions.to_decide", process_id=str(process_id))


@pages.get("/work/processes/<uuid:process_id>/decisions")
@web.with_role("official")
def to_decide(process_id: UUID) -> web.Answer:
    return _list_page(process_id, DecisionForm(sent=False))


@pages.post("/work/processes/<uuid:process_id>/decisions")
@web.with_role("official")
def decide_together(process_id: UUID) -> web.Answer:
    """One decision on every idea that is ticked; `merge` leads to the page on which they become one."""
    form, ideas = DecisionForm(), request.form.getlist("idea")
    if "merge" in request.form and len(ideas) > 1:
        return web.see_other("decisions.merge", process_id=str(process_id), idea=ideas)
    fits = form.accepted()
    if not ideas:
        form.form_errors = [*form.form_errors, _("Tick the ideas that you decide on")]
    if not ideas or not fits:
        return _list_page(process_id, form, 400)
    try:
        number = evaluation.decide_together(web.gateway(), str(process_id), ideas, form.wire(current()))
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal, _FIELDS)
        return _list_page(process_id, form, refusal.status)
    web.tell(ngettext("The decision on %(num)s idea is saved.", "The decision on %(num)s ideas is saved.", number))
    return web.see_other("decisions.to_decide", process_id=str(process_id))


@pages.route("/work/processes/<uuid:process_id>/merge", methods=["GET", "POST"])
@web.with_role("official")
def merge(process_id: UUID) -> web.Answer:
    """`idea` names each idea that becomes a part of the new one."""
    process = processes.process(web.gateway(), str(process_id))
    ideas = request.args.getlist("idea")[:_MERGED_MOST]
    originals = [proposals.proposal(web.gateway(), each) for each in ideas]
    form, status = MergeForm(), 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                reference = evaluation.merge(web.gateway(), process.id, ideas, form.wire(current()))
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("The ideas are merged into %(reference)s. Their supporters are asked.", reference=reference))
                return web.see_other("decisions.to_decide", process_id=process.id)
    return web.page("decisions/merge.html", status, process=process, originals=originals, form=form)


@pages.route("/ideas/<uuid:proposal_id>/carried-support", methods=["GET", "POST"])
@web.signed_in
def carry(proposal_id: UUID) -> web.Answer:
    """Where the notice to supporters of merged ideas leads."""
    if request.method == "POST":
        if web.tried(lambda: evaluation.carry_support(web.gateway(), str(proposal_id))):
            web.tell(_("Your support went along."))
        return web.see_other("proposals.show", proposal_id=str(proposal_id))
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    originals = evaluation.merge_of(web.gateway(), proposal.id).originals
    return web.page("decisions/carry.html", proposal=proposal, originals=originals)


@pages.route("/work/ideas/<uuid:proposal_id>/decision", methods=["GET", "POST"])
@web.with_role("official")
def decide(proposal_id: UUID) -> web.Answer:
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    form = DecisionForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                evaluation.decide(web.gateway(), proposal.id, form.wire(current()))
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal, _FIELDS)
                status = refusal.status
            else:
                web.tell(_("The decision on %(reference)s is saved. It stays internal until the answers are published.",
                           reference=proposal.reference))  # fmt: skip
                return web.see_other("decisions.to_decide", process_id=proposal.process_id)
    return web.page(
        "decisions/one.html", status, proposal=proposal, form=form, outcomes=OUTCOMES, reason_codes=REASON_CODES
    )


@pages.post("/work/processes/<uuid:process_id>/answers")
@web.with_role("official")
def publish(process_id: UUID) -> web.Answer:
    if not web.tried(lambda: evaluation.publish_decisions(web.gateway(), str(process_id))):
        return web.see_other("decisions.to_decide", process_id=str(process_id))
    web.tell(_("Published. Everyone who contributed hears the outcome once."))
    return _to_results(process_id)


def _to_results(process_id: UUID) -> Response:
    return web.see_other("results.show", slug=processes.process(web.gateway(), str(process_id)).slug)


def _list_page(process_id: UUID, form: DecisionForm, status: int = 200) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    cursor = request.args.get("cursor")
    wanted = Filter(order="most_supported", work="to_decide", cursor=cursor)
    found = proposals.list_proposals(web.gateway(), process.id, wanted)
    here = url_for("decisions.to_decide", process_id=process_id)
    return web.page(
        "decisions/list.html",
        status,
        process=process,
        found=found.items,
        form=form,
        ticked=request.form.getlist("idea"),
        outcomes=OUTCOMES,
        reason_codes=REASON_CODES,
        first_url=here if cursor else None,
        next_url=url_for("decisions.to_decide", process_id=process_id, cursor=found.next) if found.next else None,
    )
