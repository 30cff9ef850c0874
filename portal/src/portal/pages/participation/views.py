from flask import Blueprint, redirect, request, url_for

from portal import web
from portal.language import _, current
from portal.pages.participation.forms import JoinForm
from portal.peers import consent
from portal.peers.consent import DataAgreement
from portal.peers.engagement import participants
from portal.peers.engagement.processes import Process
from portal.peers.gateway import Refusal

pages = Blueprint("participation", __name__)


@pages.route("/processes/<slug>/join", methods=["GET", "POST"])
@web.signed_in
def join(slug: str) -> web.Answer:
    process = web.the_process(slug)
    then = web.local_path(request.values.get("next"), url_for("processes.show", slug=slug))
    someone = web.person()
    form = JoinForm({"display_name": someone.display_name if someone else ""})
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
        "participation/join.html", status, process=process, agreement=_agreement(process), form=form, then=then
    )


def _agreement(process: Process) -> DataAgreement | None:
    """None where the process has none or its block is away; the process's own privacy notice must then say it all."""
    if not process.data_agreement_id:
        return None
    try:
        return consent.data_agreement(web.gateway(), process.data_agreement_id)
    except Refusal:
        if process.strategy.privacy_notice:
            return None
        raise
