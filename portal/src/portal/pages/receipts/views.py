from uuid import UUID

from flask import Blueprint, redirect, request, url_for

from portal import web
from portal.language import _
from portal.pages.receipts.forms import read_code
from portal.peers.engagement import results
from portal.peers.gateway import Refusal

pages = Blueprint("receipts", __name__)


@pages.get("/receipts")
def lookup() -> web.Answer:
    """A GET form: the code says nothing about person or content."""
    typed = request.args.get("code", "")
    if not typed:
        return web.page("receipts/lookup.html", typed="", error=None)
    code = read_code(typed)
    if code is None:
        error = _("A receipt has four groups of five characters, like 7K2QF-…")
        return web.page("receipts/lookup.html", 400, typed=typed, error=error)
    return redirect(url_for("receipts.show", code=code), 303)


@pages.get("/receipts/<code>")
def show(code: str) -> web.Answer:
    """`idea` is the way back to what was just submitted."""
    read = read_code(code)
    if read is None:
        return redirect(url_for("receipts.lookup", code=code), 303)
    try:
        found = results.receipt(web.gateway(), read)
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        error = _("There is no such receipt. Check each character; a mistyped one is enough.")
        return web.page("receipts/lookup.html", 404, typed=read, error=error)
    return web.page("receipts/show.html", found=found, idea=_id(request.args.get("idea", "")))


def _id(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None
