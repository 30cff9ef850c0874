from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import _
from portal.pages.moderation.forms import ModerationForm
from portal.peers.engagement import moderation
from portal.peers.engagement.moderation import RULES, Subject
from portal.peers.gateway import Refusal

pages = Blueprint("moderation", __name__)


@pages.get("/processes/<slug>/moderation")
@web.with_role("moderator")
def queue(slug: str) -> web.Answer:
    process = web.the_process(slug)
    return web.page("moderation/queue.html", process=process, found=moderation.queue(web.gateway(), process.id))


@pages.get("/processes/<slug>/moderation-log")
def log(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    found = moderation.log(web.gateway(), process.id, cursor)
    return web.page(
        "moderation/log.html",
        process=process,
        found=found.items,
        first_url=url_for("moderation.log", slug=slug) if cursor else None,
        next_url=url_for("moderation.log", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.route("/processes/<slug>/moderation/<action>/<kind>/<uuid:subject_id>", methods=["GET", "POST"])
@web.with_role("moderator")
def act(slug: str, action: str, kind: str, subject_id: UUID) -> web.Answer:
    """`action` is hide or restore."""
    if action not in ("hide", "restore") or kind not in ("proposal", "comment"):
        raise NotFound
    process = web.the_process(slug)
    form = ModerationForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            run = moderation.hide if action == "hide" else moderation.restore
            try:
                run(web.gateway(), Subject(kind, str(subject_id)), form.rule.data, form.reason.data)
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("Done. The moderation log shows it with the rule and the reason."))
                return web.see_other("moderation.queue" if action == "hide" else "moderation.log", slug=slug)
    return web.page("moderation/act.html", status, process=process, form=form, action=action, kind=kind, rules=RULES)
