"""Who does what in a process."""

from uuid import UUID

from flask import request

from portal import web
from portal.language import _
from portal.pages.plan.blueprint import pages
from portal.peers.engagement import officials, processes
from portal.peers.engagement.officials import ROLES


@pages.route("/work/processes/<uuid:process_id>/officials", methods=["GET", "POST"])
@web.with_role("official")
def roles(process_id: UUID) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    if request.method == "POST":
        chosen = [role for role in ROLES if role in request.form.getlist("role")]
        official = request.form.get("official", "")
        known = {each.id for each in officials.colleagues(web.gateway())}
        if official not in known:
            web.warn(_("Choose a colleague"))
        elif web.tried(lambda: officials.assign(web.gateway(), process.id, official, chosen)):
            web.tell(_("Saved."))
        return web.see_other("plan.roles", process_id=process.id)
    return web.page(
        "plan/officials.html",
        process=process,
        roles=ROLES,
        assignments=officials.assignments(web.gateway(), process.id),
        colleagues=officials.colleagues(web.gateway()),
    )
