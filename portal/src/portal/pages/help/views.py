from flask import Blueprint, request
from werkzeug.exceptions import NotFound

from portal import web
from portal.pages.help.tutorials import tutorials

pages = Blueprint("help", __name__)


@pages.get("/help")
def page() -> web.Answer:
    return web.page("help/page.html", tutorials=tutorials())


@pages.get("/help/tutorials/<topic>")
def tutorial(topic: str) -> web.Answer:
    """`easy` asks for the variant in easy language."""
    found = tutorials().get(topic)
    if found is None:
        raise NotFound
    return web.page("help/tutorial.html", topic=topic, tutorial=found, easy="easy" in request.args)
