"""The list of tasks, and the steps that have one page each. Every step is asked of engagement, which may refuse it."""

from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal import web
from portal.language import _, current, ngettext
from portal.pages.work.forms import DecisionForm
from portal.peers import workflow
from portal.peers.engagement import evaluation, processes, proposals
from portal.peers.engagement.evaluation import OUTCOMES, REASON_CODES
from portal.peers.engagement.proposals import Filter
from portal.peers.gateway import Refusal

pages = Blueprint("work", __name__)

_PAGE_OF_TASK = {"approve": "work.approval", "verify": "work.verification", "decide": "work.decisions"}


@pages.after_request
def forget(answer: Response) -> Response:
    """What officials do shows at once."""
    if request.method == "POST":
        web.portal().recent.clear()
    return answer


@pages.get("/work")
@web.with_role("official", "moderator")
def tasks() -> web.Answer:
    someone = web.person()
    found = workflow.open_tasks(web.gateway()) if someone and someone.has("official") else ()
    known = {each.id: each for each in processes.list_processes(web.gateway(), limit=100).items}
    return web.page(
        "work/tasks.html", tasks=found, processes=known, page_of_task=_PAGE_OF_TASK,
        moderated=[each for each in known.values() if each.state in ("open", "closed", "analysing")],
    )  # fmt: skip


@pages.get("/work/processes/<uuid:process_id>/approval")
@web.with_role("official")
def approval(process_id: UUID) -> web.Answer:
    return web.page("work/approval.html", process=processes.process(web.gateway(), str(process_id)))


@pages.post("/work/processes/<uuid:process_id>/approval")
@web.with_role("official")
def approve(process_id: UUID) -> web.Answer:
    done = web.tried(lambda: processes.approve(web.gateway(), str(process_id)))
    if done:
        web.tell(_("Approved. The phases open and close on their dates by themselves."))
    return web.see_other("work.tasks") if done else web.see_other("work.approval", process_id=str(process_id))


@pages.post("/work/processes/<uuid:process_id>/review")
@web.with_role("official")
def request_review(process_id: UUID) -> web.Answer:
    if web.tried(lambda: processes.request_review(web.gateway(), str(process_id))):
        web.tell(_("Handed in. Another official can approve it now."))
    return web.see_other("work.approval", process_id=str(process_id))


@pages.get("/work/processes/<uuid:process_id>/verification")
@web.with_role("official")
def verification(process_id: UUID) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    found = proposals.list_proposals(web.gateway(), process.id, Filter(work="to_verify"))
    return web.page("work/verification.html", process=process, found=found.items, more=found.next is not None)


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
    return web.see_other("work.verification", process_id=str(process_id))


@pages.post("/work/processes/<uuid:process_id>/seal")
@web.with_role("official")
def seal(process_id: UUID) -> web.Answer:
    if not web.tried(lambda: evaluation.seal(web.gateway(), str(process_id))):
        return web.see_other("work.verification", process_id=str(process_id))
    web.tell(_("Sealed. From here on the input does not change."))
    return web.see_other("work.decisions", process_id=str(process_id))


@pages.get("/work/processes/<uuid:process_id>/decisions")
@web.with_role("official")
def decisions(process_id: UUID) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    cursor = request.args.get("cursor")
    wanted = Filter(order="most_supported", work="to_decide", cursor=cursor)
    found = proposals.list_proposals(web.gateway(), process.id, wanted)
    here = url_for("work.decisions", process_id=process_id)
    return web.page(
        "work/decisions.html",
        process=process,
        found=found.items,
        first_url=here if cursor else None,
        next_url=url_for("work.decisions", process_id=process_id, cursor=found.next) if found.next else None,
    )


@pages.route("/work/ideas/<uuid:proposal_id>/decision", methods=["GET", "POST"])
@web.with_role("official")
def decision(proposal_id: UUID) -> web.Answer:
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    form = DecisionForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            words = {current(): form.reason.data} if form.reason.data else None
            try:
                evaluation.decide(web.gateway(), proposal.id, form.outcome.data, form.reason_code.data, words)
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal, {"reasonCode": "reason_code"})
                status = refusal.status
            else:
                web.tell(_("The decision on %(reference)s is saved. It stays internal until the answers are published.",
                           reference=proposal.reference))  # fmt: skip
                return web.see_other("work.decisions", process_id=proposal.process_id)
    return web.page(
        "work/decision.html", status, proposal=proposal, form=form, outcomes=OUTCOMES, reason_codes=REASON_CODES
    )


@pages.post("/work/processes/<uuid:process_id>/answers")
@web.with_role("official")
def publish(process_id: UUID) -> web.Answer:
    if not web.tried(lambda: evaluation.publish_decisions(web.gateway(), str(process_id))):
        return web.see_other("work.decisions", process_id=str(process_id))
    web.tell(_("Published. Everyone who contributed hears the outcome once."))
    return _to_results(process_id)


def _to_results(process_id: UUID) -> Response:
    return web.see_other("results.show", slug=processes.process(web.gateway(), str(process_id)).slug)
