from uuid import UUID

from flask import Blueprint, request, url_for

from portal import web
from portal.language import _
from portal.pages.amendments.forms import OUTCOMES, AmendmentForm, DecisionForm
from portal.pages.comments.views import content_language
from portal.peers.engagement import amendments, proposals
from portal.peers.gateway import Refusal

pages = Blueprint("amendments", __name__)


@pages.get("/ideas/<uuid:proposal_id>/amendments")
def listing(proposal_id: UUID) -> web.Answer:
    gateway = web.gateway()
    proposal = proposals.proposal(gateway, str(proposal_id))
    cursor = request.args.get("cursor")
    found = amendments.list_amendments(gateway, str(proposal_id), cursor)
    return web.page(
        "amendments/list.html",
        proposal=proposal,
        found=found.items,
        takes=web.process_of_id(proposal.process_id).accepts("amendment", web.now()) and proposal.state == "published",
        first_url=url_for("amendments.listing", proposal_id=proposal_id) if cursor else None,
        next_url=url_for("amendments.listing", proposal_id=proposal_id, cursor=found.next) if found.next else None,
    )


@pages.route("/ideas/<uuid:proposal_id>/amendments/new", methods=["GET", "POST"])
@web.signed_in
def propose(proposal_id: UUID) -> web.Answer:
    """In the language of the idea's first words."""
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    process = web.process_of_id(proposal.process_id)
    language = next(iter(proposal.title))
    form, status = AmendmentForm.of(proposal, language), 200
    if request.method == "POST":
        status = 400
        if form.fits(process.limits, proposal, language):
            content = form.changed(proposal, language) | {"rationale": {language: form.rationale.data}}
            try:
                done = amendments.propose(web.gateway(), str(proposal_id), content, key=form.key.data)
            except Refusal as refusal:
                if refusal.slug == "not-a-participant":
                    return web.join_first(process.id, request.path)
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("The author decides now. Your receipt: %(code)s", code=done.receipt.code))
                return web.see_other("amendments.show", amendment_id=done.id)
    return web.page("amendments/new.html", status, proposal=proposal, process=process, form=form, spoken=language)


@pages.get("/amendments/<uuid:amendment_id>")
def show(amendment_id: UUID) -> web.Answer:
    return _page(amendment_id, DecisionForm(sent=False))


@pages.post("/amendments/<uuid:amendment_id>/decision")
@web.signed_in
def decide(amendment_id: UUID) -> web.Answer:
    form = DecisionForm()
    if not form.accepted():
        return _page(amendment_id, form, 400)
    gateway = web.gateway()
    found = amendments.amendment(gateway, str(amendment_id))
    process = web.process_of_id(proposals.proposal(gateway, found.proposal_id).process_id)
    reason = {content_language(process): form.reason.data}
    try:
        amendments.decide(gateway, str(amendment_id), form.outcome.data, reason)
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return _page(amendment_id, form, refusal.status)
    taken = form.outcome.data == "accepted"
    web.tell(_("The idea has new words now.") if taken else _("The idea stays as it is. Your reason is public."))
    return web.see_other("amendments.show", amendment_id=amendment_id)


@pages.post("/amendments/<uuid:amendment_id>/withdrawal")
@web.signed_in
def withdraw(amendment_id: UUID) -> web.Answer:
    if web.tried(lambda: amendments.withdraw(web.gateway(), str(amendment_id))):
        web.tell(_("Your amendment is withdrawn."))
    return web.see_other("amendments.show", amendment_id=amendment_id)


@pages.post("/amendments/<uuid:amendment_id>/promotion")
@web.signed_in
def promote(amendment_id: UUID) -> web.Answer:
    try:
        done = amendments.promote(web.gateway(), str(amendment_id))
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        web.tell_refusal(refusal)
        return web.see_other("amendments.show", amendment_id=amendment_id)
    web.tell(_("Your idea is published. Its number is %(reference)s.", reference=done.reference))
    return web.see_other("proposals.show", proposal_id=done.id)


def _page(amendment_id: UUID, form: DecisionForm, status: int = 200) -> web.Answer:
    gateway = web.gateway()
    found = amendments.amendment(gateway, str(amendment_id))
    proposal = proposals.proposal(gateway, found.proposal_id)
    return web.page("amendments/show.html", status, amendment=found, proposal=proposal, form=form, outcomes=OUTCOMES)
