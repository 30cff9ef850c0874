from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import _, current
from portal.pages.moderation.forms import LabelForm, ModerationForm, RulesForm
from portal.peers.engagement import moderation
from portal.peers.engagement.moderation import ACTIONS, FILTERS, RULES, Subject
from portal.peers.gateway import Refusal

pages = Blueprint("moderation", __name__)


@pages.get("/processes/<slug>/moderation")
@web.with_role("moderator")
def queue(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    found = moderation.queue(web.gateway(), process.id, cursor)
    return web.page(
        "moderation/queue.html",
        process=process,
        found=found.items,
        first_url=url_for("moderation.queue", slug=slug) if cursor else None,
        next_url=url_for("moderation.queue", slug=slug, cursor=found.next) if found.next else None,
    )


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


@pages.get("/processes/<slug>/moderation-log/months")
def months(slug: str) -> web.Answer:
    process = web.the_process(slug)
    found = moderation.months(web.gateway(), process.id)
    actions = [each for each in (*ACTIONS, "hold") if any(each in month.actions for month in found)]
    return web.page("moderation/months.html", process=process, found=found, actions=actions)


@pages.route("/processes/<slug>/moderation/<action>/<kind>/<uuid:subject_id>", methods=["GET", "POST"])
@web.with_role("moderator")
def act(slug: str, action: str, kind: str, subject_id: UUID) -> web.Answer:
    if action not in ACTIONS or not kind.isidentifier():
        raise NotFound
    process = web.the_process(slug)
    form = LabelForm() if action == "label" else ModerationForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                _done(action, Subject(kind, str(subject_id)), form)
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("Done. The moderation log shows it with the rule and the reason."))
                return web.see_other("moderation.queue" if action in ("hide", "keep") else "moderation.log", slug=slug)
    return web.page("moderation/act.html", status, process=process, form=form, action=action, kind=kind, rules=RULES)


@pages.route("/processes/<slug>/moderation-rules", methods=["GET", "POST"])
@web.with_role("moderator")
def rules(slug: str) -> web.Answer:
    process = web.the_process(slug)
    status = 200
    if request.method == "GET":
        form = RulesForm.of(moderation.rules(web.gateway(), process.id))
    else:
        form = RulesForm()
        status = 400
        if form.fits():
            try:
                moderation.set_rules(web.gateway(), process.id, form.wire(current()))
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("The rules are saved. They hold for what is written from now on."))
                return web.see_other("moderation.queue", slug=slug)
    return web.page("moderation/rules.html", status, process=process, form=form, filters=FILTERS)


def _done(action: str, subject: Subject, form: ModerationForm) -> None:
    if isinstance(form, LabelForm):
        words = {current(): form.words.data}
        moderation.label(web.gateway(), subject, form.rule.data, form.reason.data, words, form.source.data)
    else:
        moderation.act(web.gateway(), action, subject, form.rule.data, form.reason.data)
