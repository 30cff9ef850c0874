from flask import Blueprint

from portal import web

pages = Blueprint("help", __name__)


@pages.get("/help")
def page() -> web.Answer:
    return web.page("help/page.html")
