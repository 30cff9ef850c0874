from flask import Blueprint, request, url_for

from portal import tools, web
from portal.peers.engagement import publication

pages = Blueprint("processes", __name__)


@pages.get("/processes/<slug>")
def show(slug: str) -> web.Answer:
    process = web.the_process(slug)
    offers = tools.offers(process)
    return web.page("processes/show.html", process=process, phase=process.phase_at(web.now()), offers=offers)


@pages.get("/processes/<slug>/record")
def record(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    found = publication.record(web.gateway(), process.id, cursor)
    here = url_for("processes.record", slug=slug)
    return web.page(
        "processes/record.html",
        process=process,
        entries=found.items,
        first_url=here if cursor else None,
        next_url=url_for("processes.record", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.get("/processes/<slug>/record/<int:number>")
def entry(slug: str, number: int) -> web.Answer:
    process = web.the_process(slug)
    noted, then = publication.entry(web.gateway(), process.id, number)
    return web.page("processes/entry.html", process=process, entry=noted, then=then)
