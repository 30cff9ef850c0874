"""Error pages. Each says what happened and shows a way on; none says why a server failed."""

import logging

from flask import Flask, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal import web
from portal.language import _
from portal.peers.gateway import Refusal
from portal.problems import Explanation, explain

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failed)


def _refused(refusal: Exception) -> web.Answer:
    assert isinstance(refusal, Refusal)  # noqa: S101 - registered for it alone
    if refusal.status == 401 and web.person():
        web.visit().sign_out()
        if request.method == "GET":
            return web.sign_in_first()
    return _page(refusal.status if refusal.status in _SHOWN else 503, explain(refusal))


def _form_too_old(error: Exception) -> web.Answer:
    log.info("form token refused")
    title = _("This form is no longer valid")
    advice = _("It was open for too long, or you signed in or out meanwhile. Reload the page and send it again.")
    return _page(400, Explanation(title, advice))


def _http_error(error: Exception) -> web.Answer | HTTPException:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    status = error.code or 500
    if status < 400:
        return error
    answer = Response.force_type(error.get_response())
    body, status = _page(status, explain(Refusal(status, f"status-{status}")))
    answer.set_data(body)
    answer.content_type = "text/html; charset=utf-8"
    answer.status_code = status
    return answer


def _failed(error: Exception) -> web.Answer:
    log.exception("a page failed", extra={"endpoint": request.endpoint})
    return _page(503, explain(Refusal(503, "unavailable")))


_SHOWN = frozenset({400, 401, 403, 404, 409, 429, 503})


def _page(status: int, explanation: Explanation) -> tuple[str, int]:
    return web.page("error.html", status, explanation=explanation, code=status)
