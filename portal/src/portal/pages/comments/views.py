from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import _, current
from portal.pages.comments.forms import CommentForm, ReportForm
from portal.pages.proposals.views import idea_page
from portal.peers.engagement import comments, moderation, proposals
from portal.peers.engagement.moderation import RULES, Subject
from portal.peers.engagement.processes import Process
from portal.peers.gateway import Refusal

pages = Blueprint("comments", __name__)

_ROOTS_TO_SEARCH = 100


@pages.post("/ideas/<uuid:proposal_id>/comments")
@web.signed_in
def post(proposal_id: UUID) -> web.Answer:
    form = CommentForm()
    process = _process_of(proposal_id)
    if not form.fits(process.limits.comment_max):
        return idea_page(str(proposal_id), form, 400)
    try:
        done = comments.post(
            web.gateway(),
            str(proposal_id),
            {content_language(process): form.body.data},
            key=form.key.data,
            position=form.position.data or None,
        )
    except Refusal as refusal:
        if refusal.slug == "not-a-participant":
            return web.join_first(process.id, url_for("proposals.show", proposal_id=proposal_id, _anchor="write"))
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return idea_page(str(proposal_id), form, refusal.status)
    web.tell(_("Your comment is counted. Your receipt: %(code)s", code=done.receipt.code))
    return web.see_other("proposals.show", f"comment-{done.id}", proposal_id=str(proposal_id))


@pages.get("/ideas/<uuid:proposal_id>/comments/<uuid:root_id>")
def thread(proposal_id: UUID, root_id: UUID) -> web.Answer:
    return _thread_page(proposal_id, root_id, CommentForm.fresh())


@pages.route("/ideas/<uuid:proposal_id>/comments/<uuid:root_id>/reply", methods=["GET", "POST"])
@web.signed_in
def reply(proposal_id: UUID, root_id: UUID) -> web.Answer:
    """`to` names the comment that is answered; without it the root is."""
    if request.method == "GET":
        return _thread_page(proposal_id, root_id, CommentForm.fresh())
    form = CommentForm()
    process = _process_of(proposal_id)
    if not form.fits(process.limits.comment_max):
        return _thread_page(proposal_id, root_id, form, 400)
    try:
        done = comments.post(
            web.gateway(),
            str(proposal_id),
            {content_language(process): form.body.data},
            key=form.key.data,
            parent=request.values.get("to") or str(root_id),
        )
    except Refusal as refusal:
        if refusal.slug == "not-a-participant":
            return web.join_first(process.id, request.full_path)
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return _thread_page(proposal_id, root_id, form, refusal.status)
    web.tell(_("Your reply is counted. Your receipt: %(code)s", code=done.receipt.code))
    return web.see_other("comments.thread", f"comment-{done.id}", proposal_id=str(proposal_id), root_id=str(root_id))


@pages.route("/reports/<kind>/<uuid:subject_id>", methods=["GET", "POST"])
@web.signed_in
def report(kind: str, subject_id: UUID) -> web.Answer:
    """`idea` names the page to come back to."""
    if kind not in ("proposal", "comment"):
        raise NotFound
    form = ReportForm()
    status = 200
    idea = request.values.get("idea", "")
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                moderation.report(web.gateway(), Subject(kind, str(subject_id)), form.reason.data, form.note.data)
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("Thank you. A moderator will look at it."))
                return web.see_other("proposals.show", proposal_id=idea) if idea else web.see_other("home.home")
    return web.page("comments/report.html", status, form=form, kind=kind, idea=idea, rules=RULES)


def content_language(process: Process) -> str:
    """Words of a person are kept in the language of her page where the process has it, else in the process's first."""
    chosen = current()
    return chosen if chosen in process.languages else process.languages[0]


def _thread_page(proposal_id: UUID, root_id: UUID, form: CommentForm, status: int = 200) -> web.Answer:
    gateway = web.gateway()
    proposal = proposals.proposal(gateway, str(proposal_id))
    process = web.process_of_id(proposal.process_id)
    roots = comments.list_comments(gateway, str(proposal_id), limit=_ROOTS_TO_SEARCH).items
    cursor = request.args.get("cursor") if request.method == "GET" else None
    found = comments.list_replies(gateway, str(root_id), cursor)
    answered = request.values.get("to") or str(root_id)
    root = next((each for each in roots if each.id == str(root_id)), None)
    return web.page(
        "comments/page.html",
        status,
        proposal=proposal,
        process=process,
        root=root,
        root_id=str(root_id),
        replies=found.items,
        answered=next((each for each in (root, *found.items) if each and each.id == answered), None),
        answered_id=answered,
        writing=request.endpoint == "comments.reply",
        form=form,
        takes_comments=process.accepts("comment", web.now()),
        next_url=url_for("comments.thread", proposal_id=proposal_id, root_id=root_id, cursor=found.next)
        if found.next
        else None,
    )


def _process_of(proposal_id: UUID) -> Process:
    return web.process_of_id(proposals.proposal(web.gateway(), str(proposal_id)).process_id)
