from flask import Blueprint

from portal import tools, web

pages = Blueprint("processes", __name__)


@pages.get("/processes/<slug>")
def show(slug: str) -> web.Answer:
    process = web.the_process(slug)
    offers = tools.offers(process)
    return web.page("processes/show.html", process=process, phase=process.phase_at(web.now()), offers=offers)
