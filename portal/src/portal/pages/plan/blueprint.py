"""The plan's pages, which its parts add to."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal import web

pages = Blueprint("plan", __name__)


@pages.after_request
def forget(answer: Response) -> Response:
    """What officials do shows at once."""
    if request.method == "POST":
        web.portal().recent.clear()
    return answer
