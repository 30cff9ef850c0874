from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.blueprints import BlueprintSetupState

from portal import web
from portal.language import _, current, plain
from portal.pages.follow.feed import Entry, Source, atom
from portal.pages.follow.forms import FollowForm
from portal.peers.engagement import follows
from portal.peers.engagement.follows import News
from portal.peers.gateway import Refusal

pages = Blueprint("follow", __name__)


@pages.route("/processes/<slug>/follow", methods=["GET", "POST"])
def start(slug: str) -> web.Answer:
    process = web.the_process(slug)
    form = FollowForm()
    status = 200
    if request.method == "POST":
        status = 400
        objection = web.objection()
        if form.accepted() and objection is None:
            try:
                follows.follow(web.gateway(), process.id, form.email.data, current())
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal, {"address": "email"})
                status = refusal.status
            else:
                return web.page("follow/asked.html", process=process)
        if objection:
            form.form_errors = [*form.form_errors, objection]
    return web.page("follow/start.html", status, process=process, form=form)


@pages.route("/follows/<uuid:follow_id>/<token>", methods=["GET", "POST"])
def confirm(follow_id: UUID, token: str) -> web.Answer:
    """A page first: programs that look at letters open every link in them."""
    if request.method == "GET":
        return web.page("follow/confirm.html", follow_id=follow_id, token=token)
    process = web.process_of_id(follows.confirm(web.gateway(), str(follow_id), token))
    web.tell(_("You follow this process now. A letter comes at most once a week, and only if there is something."))
    return web.see_other("processes.show", slug=process.slug)


@pages.route("/follows/<uuid:follow_id>/<token>/end", methods=["GET", "POST"])
def end(follow_id: UUID, token: str) -> web.Answer:
    """A POST ends it at once (RFC 8058), also without a form of ours: the token is all the proof there is."""
    if request.method == "GET":
        return web.page("follow/end.html", follow_id=follow_id, token=token, done=False)
    follows.end(web.gateway(), str(follow_id), token)
    return web.page("follow/end.html", follow_id=follow_id, token=token, done=True)


@pages.get("/processes/<slug>/feed.atom")
def feed(slug: str) -> Response:
    process = web.the_process(slug)
    public = web.settings().public_url
    home = f"{public}{url_for('processes.show', slug=slug)}"
    own = f"{public}{url_for('follow.feed', slug=slug)}"
    entries = [_entry(each, home) for each in follows.news(web.gateway(), process.id)]
    source = Source(plain(process.title), web.settings().institution_name, current(), home, own, process.created_at)
    return Response(atom(source, entries), mimetype="application/atom+xml")


def _entry(of: News, home: str) -> Entry:
    said = {
        "proposal": _("New idea: %(title)s", title=plain(of.title)),
        "answer": _("Answer to: %(title)s", title=plain(of.title)),
        "phase_opened": _("Opened: %(title)s", title=plain(of.title)),
        "phase_closed": _("Closed: %(title)s", title=plain(of.title)),
    }
    is_idea = of.kind in ("proposal", "answer")
    url = f"{web.settings().public_url}{url_for('proposals.show', proposal_id=of.id)}" if is_idea else home
    return Entry(f"urn:uuid:{of.id}#{of.kind}", said.get(of.kind, plain(of.title)), url, of.at)


@pages.record
def _without_a_form_of_ours(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(end)
