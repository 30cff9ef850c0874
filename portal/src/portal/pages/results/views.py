from flask import Blueprint, request, url_for

from portal import web
from portal.peers.engagement import proposals, results
from portal.peers.engagement.evaluation import OUTCOMES
from portal.peers.engagement.proposals import Filter

pages = Blueprint("results", __name__)

_ACCEPTED = ("accepted", "accepted_in_part", "already_planned")


@pages.get("/processes/<slug>/results")
def show(slug: str) -> web.Answer:
    process = web.the_process(slug)
    figures = results.figures(web.gateway(), process.id)
    asked = request.args.get("outcome")
    outcome = asked if asked in OUTCOMES else _first(figures.decisions)
    cursor = request.args.get("cursor")
    found = None
    if process.state == "decided" and outcome:
        wanted = Filter(order="most_supported", outcome=outcome, cursor=cursor)
        found = proposals.list_proposals(web.gateway(), process.id, wanted)
    here = url_for("results.show", slug=slug, outcome=outcome)
    return web.page(
        "results/show.html",
        process=process,
        figures=figures,
        outcome=outcome,
        outcomes=[code for code in OUTCOMES if figures.decisions.get(code)],
        accepted=sum(figures.decisions.get(code, 0) for code in _ACCEPTED),
        found=found.items if found else (),
        first_url=f"{here}#decisions" if cursor else None,
        next_url=url_for("results.show", slug=slug, outcome=outcome, cursor=found.next, _anchor="decisions")
        if found and found.next
        else None,
    )


def _first(decisions: dict[str, int]) -> str | None:
    """The outcome to begin with: what was accepted, if anything was."""
    return next((code for code in OUTCOMES if decisions.get(code)), None)
