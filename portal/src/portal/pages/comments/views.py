from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from portal import tools, web
from portal.forms import new_key
from portal.language import _, current
from portal.pages.comments.forms import AnswerForm, CommentForm, EditForm, ReportForm
from portal.pages.proposals.views import idea_page
from portal.peers.engagement import comments, moderation, proposals
from portal.peers.engagement.comments import Comment
from portal.peers.engagement.moderation import RULES, Subject
from portal.peers.engagement.processes import Process
from portal.peers.gateway import Refusal

pages = Blueprint("comments", __name__)


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
            kind=form.kind.data if form.kind.data != "opinion" else None,
            position=form.position.data,
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
            parentId=request.values.get("to") or str(root_id),
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


@pages.route("/ideas/<uuid:proposal_id>/official-answer", methods=["GET", "POST"])
@web.with_role("official")
def answer(proposal_id: UUID) -> web.Answer:
    """It stands above all comments, in the name of an office."""
    proposal = proposals.proposal(web.gateway(), str(proposal_id))
    process = web.process_of_id(proposal.process_id)
    form, status = AnswerForm({"key": new_key()}), 200
    if request.method == "POST":
        status = 400
        if form.fits(process.limits.comment_max):
            body, office = {content_language(process): form.body.data}, form.office.data
            try:
                done = comments.post(
                    web.gateway(), str(proposal_id), body, key=form.key.data, kind="official_answer", office=office
                )
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                return web.see_other("proposals.show", f"comment-{done.id}", proposal_id=str(proposal_id))
    return web.page("comments/answer.html", status, proposal=proposal, process=process, form=form)


@pages.post("/ideas/<uuid:proposal_id>/comments/<uuid:comment_id>/helpful")
@web.signed_in
def helpful(proposal_id: UUID, comment_id: UUID) -> web.Answer:
    """`no` takes it back."""
    step = comments.find_helpful_no_more if "no" in request.form else comments.find_helpful
    try:
        step(web.gateway(), str(comment_id))
    except Refusal as refusal:
        if refusal.slug == "not-a-participant":
            process_id = proposals.proposal(web.gateway(), str(proposal_id)).process_id
            return web.join_first(process_id, url_for("proposals.show", proposal_id=proposal_id))
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        web.tell_refusal(refusal)
    return web.see_other("proposals.show", f"comment-{comment_id}", proposal_id=proposal_id)


@pages.route("/ideas/<uuid:proposal_id>/comments/<uuid:comment_id>/edit", methods=["GET", "POST"])
@web.signed_in
def edit(proposal_id: UUID, comment_id: UUID) -> web.Answer:
    """`root` is the thread in which it stands."""
    root_id = request.values.get("root", "")
    comment = _mine(root_id, str(comment_id))
    process = _process_of(proposal_id)
    language = next(iter(comment.body or {}), "")
    form, status = EditForm({"body": (comment.body or {}).get(language, "")}), 200
    if request.method == "POST":
        status = 400
        if form.fits(process.limits.comment_max):
            try:
                comments.edit(web.gateway(), str(comment_id), {language: form.body.data})
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("Your comment is changed. It is marked as edited."))
                return web.see_other("proposals.show", f"comment-{comment_id}", proposal_id=proposal_id)
    return web.page(
        "comments/edit.html",
        status,
        proposal_id=proposal_id,
        comment=comment,
        root_id=root_id,
        process=process,
        form=form,
    )


@pages.post("/ideas/<uuid:proposal_id>/comments/<uuid:comment_id>/removal")
@web.signed_in
def remove(proposal_id: UUID, comment_id: UUID) -> web.Answer:
    if web.tried(lambda: comments.remove(web.gateway(), str(comment_id))):
        web.tell(_("Your comment is removed. Replies to it stay."))
    return web.see_other("proposals.show", f"comment-{comment_id}", proposal_id=proposal_id)


def _mine(root_id: str, comment_id: str) -> Comment:
    """The person's own comment, in its thread. Raises NotFound."""
    found = comments.list_replies(web.gateway(), str(_uuid(root_id)), limit=100)
    for each in (found.root, *found.items):
        if each is not None and each.id == comment_id and each.mine:
            return each
    raise NotFound


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


@pages.route("/reports/<kind>/<uuid:subject_id>", methods=["GET", "POST"])
@web.signed_in
def report(kind: str, subject_id: UUID) -> web.Answer:
    """`idea` names the page to come back to."""
    if kind not in tools.kinds():
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
    cursor = request.args.get("cursor") if request.method == "GET" else None
    found = comments.list_replies(gateway, str(root_id), cursor)
    answered = request.values.get("to") or str(root_id)
    return web.page(
        "comments/page.html",
        status,
        proposal=proposal,
        process=process,
        root=found.root,
        root_id=str(root_id),
        replies=found.items,
        answered=next((each for each in (found.root, *found.items) if each and each.id == answered), None),
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
