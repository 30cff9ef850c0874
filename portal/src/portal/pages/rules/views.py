from uuid import UUID

from flask import Blueprint, request

from portal import web
from portal.language import _
from portal.pages.rules.forms import MEASURES, RulesForm
from portal.peers.engagement import proposals
from portal.peers.gateway import Refusal

pages = Blueprint("rules", __name__)


@pages.route("/work/processes/<uuid:process_id>/rules", methods=["GET", "POST"])
@web.with_role("official")
def edit(process_id: UUID) -> web.Answer:
    gateway, status = web.gateway(), 200
    process = web.process_of_id(str(process_id))
    form = RulesForm.of(proposals.rules(gateway, process.id))
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                proposals.set_rules(gateway, process.id, form.content())
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal, {"threshold": "measure"})
                status = refusal.status
            else:
                web.tell(_("The rules are set."))
                return web.see_other("rules.edit", process_id=process_id)
    return web.page("rules/edit.html", status, process=process, form=form, measures=MEASURES)
