from dataclasses import replace
from uuid import UUID

from flask import Blueprint, redirect, request, url_for

from portal import web
from portal.language import _
from portal.pages.comments.forms import CommentForm
from portal.pages.proposals.forms import link_values, read_filter
from portal.peers.engagement import comments, proposals
from portal.peers.engagement.evaluation import OUTCOMES
from portal.peers.engagement.proposals import ORDERS
from portal.peers.gateway import Refusal

pages = Blueprint("proposals", __name__)


@pages.get("/processes/<slug>/ideas")
def listing(slug: str) -> web.Answer:
    process = web.the_process(slug)
    wanted = read_filter(request.args, process)
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
        orders=ORDERS,
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
    found = comments.list_comments(gateway, proposal_id, cursor)
    here = url_for("proposals.show", proposal_id=proposal_id)
    return web.page(
        "proposals/show.html",
        status,
        proposal=proposal,
        process=process,
        comments=found.items,
        form=form,
        takes_comments=process.accepts("comment", web.now()),
        takes_support=process.accepts("endorsement", web.now()),
        positions=comments.POSITIONS,
        first_url=f"{here}#comments" if cursor else None,
        next_url=url_for("proposals.show", proposal_id=proposal_id, comments=found.next, _anchor="comments")
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
    return redirect(back, 303)


@pages.post("/ideas/<uuid:proposal_id>/endorsement/withdrawal")
@web.signed_in
def withdraw(proposal_id: UUID) -> web.Answer:
    if web.tried(lambda: proposals.withdraw_endorsement(web.gateway(), str(proposal_id))):
        web.tell(_("Your support is taken back."))
    return redirect(_back(proposal_id), 303)


def _back(proposal_id: UUID) -> str:
    return web.local_path(request.form.get("next"), url_for("proposals.show", proposal_id=proposal_id))
