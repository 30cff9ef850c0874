from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from flask import Blueprint, redirect, request, url_for

from portal import web
from portal.language import _
from portal.pages.comments.forms import CommentForm
from portal.pages.proposals.forms import link_values, read_filter
from portal.peers.engagement import comments, proposals
from portal.peers.engagement.evaluation import OUTCOMES
from portal.peers.engagement.processes import Process
from portal.peers.engagement.proposals import BY_SUPPORT, ORDERS, Proposal
from portal.peers.gateway import Refusal

pages = Blueprint("proposals", __name__)

_EDITED_WITHIN = timedelta(minutes=30)


@pages.get("/processes/<slug>/ideas")
def listing(slug: str) -> web.Answer:
    process = web.the_process(slug)
    orders = ORDERS if process_shows_support(process) else tuple(each for each in ORDERS if each not in BY_SUPPORT)
    wanted = read_filter(request.args, process, orders)
    try:
        found = proposals.list_proposals(web.gateway(), process.id, wanted)
    except Refusal as refusal:
        if refusal.slug != "bad-cursor":
            raise
        wanted = replace(wanted, cursor=None)
        found = proposals.list_proposals(web.gateway(), process.id, wanted)
    return web.page(
        "proposals/list.html",
        process=process,
        phase=process.phase_at(web.now()),
        found=found.items,
        wanted=wanted,
        orders=orders,
        outcomes=OUTCOMES,
        first_url=url_for("proposals.listing", slug=slug, **link_values(wanted)) if wanted.cursor else None,
        next_url=url_for("proposals.listing", slug=slug, **link_values(wanted, cursor=found.next))
        if found.next
        else None,
    )


@pages.get("/ideas/<uuid:proposal_id>")
def show(proposal_id: UUID) -> web.Answer:
    return idea_page(str(proposal_id), CommentForm.fresh())


def idea_page(proposal_id: str, form: CommentForm, status: int = 200) -> web.Answer:
    """The page of one idea; `form` holds what a person was writing."""
    gateway = web.gateway()
    proposal = proposals.proposal(gateway, proposal_id)
    process = web.process_of_id(proposal.process_id)
    cursor = request.args.get("comments") if request.method == "GET" else None
    order = request.args.get("order", "best")
    order = order if order in comments.ORDERS else "best"
    found = comments.list_comments(gateway, proposal_id, cursor, order=order)
    here = url_for("proposals.show", proposal_id=proposal_id, order=order)
    return web.page(
        "proposals/show.html",
        status,
        proposal=proposal,
        process=process,
        comments=found.items,
        pinned=found.pinned,
        order=order,
        orders=comments.ORDERS,
        kinds=comments.KINDS,
        editable=may_edit(proposal, web.now()),
        form=form,
        takes_comments=process.accepts("comment", web.now()),
        takes_support=process.accepts("endorsement", web.now()),
        takes_amendments=process.accepts("amendment", web.now()),
        positions=comments.POSITIONS,
        first_url=f"{here}#comments" if cursor else None,
        next_url=url_for(
            "proposals.show", proposal_id=proposal_id, order=order, comments=found.next, _anchor="comments"
        )
        if found.next
        else None,
    )


@pages.get("/ideas/<uuid:proposal_id>/support")
@web.signed_in
def support(proposal_id: UUID) -> web.Answer:
    """Where a person lands who pressed *Support* before she had signed in or joined."""
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    return web.page("proposals/support.html", proposal=proposal)


@pages.post("/ideas/<uuid:proposal_id>/endorsement")
@web.signed_in
def endorse(proposal_id: UUID) -> web.Answer:
    back = _back(proposal_id)
    try:
        done = proposals.endorse(web.gateway(), str(proposal_id))
    except Refusal as refusal:
        if refusal.slug == "not-a-participant":
            process_id = proposals.proposal(web.gateway(), str(proposal_id)).process_id
            return web.join_first(process_id, url_for("proposals.support", proposal_id=proposal_id))
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        web.tell_refusal(refusal)
    else:
        web.tell(_("Your support is counted. Your receipt: %(code)s", code=done.receipt.code))
        if instead := request.form.get("instead"):
            proposals.record_similar(web.gateway(), instead, "supported_instead")
    return redirect(back, 303)


@pages.get("/processes/<slug>/ideas/mine")
@web.signed_in
def mine(slug: str) -> web.Answer:
    process = web.the_process(slug)
    found = proposals.mine(web.gateway(), process.id, request.args.get("cursor"))
    return web.page(
        "proposals/mine.html",
        process=process,
        found=found.items,
        editable={each.id for each in found.items if may_edit(each, web.now())},
        first_url=url_for("proposals.mine", slug=slug) if "cursor" in request.args else None,
        next_url=url_for("proposals.mine", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.get("/ideas/<uuid:proposal_id>/versions")
def versions(proposal_id: UUID) -> web.Answer:
    """`version` names the text whose changes are shown; without it the newest."""
    gateway = web.gateway()
    proposal = proposals.proposal(gateway, str(proposal_id))
    found = proposals.versions(gateway, str(proposal_id))
    asked = request.args.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdigit() else found[-1].number
    number = number if number in {each.number for each in found} else found[-1].number
    changes = proposals.changes(gateway, str(proposal_id), number) if number > 1 else ()
    return web.page("proposals/versions.html", proposal=proposal, versions=found, number=number, changes=changes)


@pages.route("/ideas/<uuid:proposal_id>/withdrawal", methods=["GET", "POST"])
@web.signed_in
def take_back(proposal_id: UUID) -> web.Answer:
    """A published idea is withdrawn, a draft is deleted; both are asked once more."""
    gateway = web.gateway()
    proposal = proposals.proposal(gateway, str(proposal_id))
    if request.method == "GET":
        return web.page("proposals/take_back.html", proposal=proposal)
    slug = web.process_of_id(proposal.process_id).slug
    if proposal.state == "draft":
        if web.tried(lambda: proposals.discard(gateway, proposal.id)):
            web.tell(_("Your draft is deleted."))
    elif web.tried(lambda: proposals.withdraw(gateway, proposal.id)):
        web.tell(_("Your idea is withdrawn. Its title stays, so that others find what became of it."))
    return web.see_other("proposals.mine", slug=slug)


@pages.post("/ideas/<uuid:proposal_id>/endorsement/withdrawal")
@web.signed_in
def withdraw(proposal_id: UUID) -> web.Answer:
    if web.tried(lambda: proposals.withdraw_endorsement(web.gateway(), str(proposal_id))):
        web.tell(_("Your support is taken back."))
    return redirect(_back(proposal_id), 303)


def may_edit(proposal: Proposal, at: datetime) -> bool:
    """Whether its author can still change the text, as far as this page knows; the block has the last word."""
    if not proposal.mine or proposal.state not in ("draft", "published"):
        return False
    if proposal.state == "draft" or proposal.published_at is None:
        return proposal.state == "draft"
    return at < proposal.published_at + _EDITED_WITHIN and not (proposal.endorsements or proposal.comments)


def process_shows_support(process: Process) -> bool:
    """Whether support is public now."""
    someone = web.person()
    hidden = any(phase.hides_results and web.now() < phase.closes_at for phase in process.phases)
    return not hidden or bool(someone and someone.has("official", "moderator"))


def _back(proposal_id: UUID) -> str:
    return web.local_path(request.form.get("next"), url_for("proposals.show", proposal_id=proposal_id))
