from flask import Blueprint, redirect, request, url_for

from portal import visitors, web
from portal.language import _, current
from portal.pages.participation import visiting
from portal.pages.participation.agreement import agreement_of
from portal.pages.participation.forms import JoinForm
from portal.peers.engagement import participants
from portal.peers.gateway import Refusal

pages = Blueprint("participation", __name__)
visiting.add_to(pages)


@pages.route("/processes/<slug>/join", methods=["GET", "POST"])
def join(slug: str) -> web.Answer:
    """With an account; who has none and needs none comes in by another door."""
    process = web.the_process(slug)
    then = web.local_path(request.values.get("next"), url_for("processes.show", slug=slug))
    someone = web.person()
    if someone is None:
        if process.strategy.access in visitors.TAKING:
            return redirect(url_for("participation.come_in", slug=slug, next=then), 303)
        return web.sign_in_first()
    form = JoinForm({"display_name": someone.display_name})
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                participants.join(web.gateway(), process.id, form.display_name.data, form.email.data or None, current())
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal, {"displayName": "display_name"})
                status = refusal.status
            else:
                web.tell(_("You take part now. You can go on where you were."))
                return redirect(then, 303)
    return web.page(
        "participation/join.html", status, process=process, agreement=agreement_of(process), form=form, then=then
    )
