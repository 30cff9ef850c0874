"""The journey to the OpenID provider and back. The way back is kept in the session, never in what the provider sees."""

import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import requests
from authlib.common.errors import AuthlibBaseError
from flask import Blueprint, current_app, g, redirect, request
from joserfc.errors import JoseError

from portal import web
from portal.language import _
from portal.peers import identity
from portal.peers.gateway import Refusal
from portal.session import Person

log = logging.getLogger(__name__)
pages = Blueprint("sign_in", __name__)

_NEXT = "next"


@pages.get("/sign-in")
def start() -> web.Answer:
    wanted = web.local_path(request.args.get("next"))
    if web.person():
        return redirect(wanted, 303)
    web.visit()[_NEXT] = wanted
    callback = f"{web.settings().public_url}/sign-in/callback"
    try:
        return _provider().authorize_redirect(callback, ui_locales=g.language)
    except (requests.RequestException, AuthlibBaseError, ValueError) as error:
        log.error("the provider does not answer", extra={"reason": type(error).__name__})
        raise Refusal(503, "unavailable") from error


@pages.get("/sign-in/callback")
def callback() -> web.Answer:
    wanted = web.local_path(web.visit().get(_NEXT))
    try:
        found = identity.finish(_provider())
    except requests.RequestException as error:
        log.error("the provider does not answer", extra={"reason": type(error).__name__})
        raise Refusal(503, "unavailable") from error
    except (AuthlibBaseError, JoseError, KeyError, ValueError) as error:
        log.info("a sign-in was not finished", extra={"reason": type(error).__name__})
        web.visit().pop(_NEXT, None)
        web.warn(_("You are not signed in. The sign-in was stopped or took too long; you can try again."))
        return redirect(wanted, 303)
    at_the_latest = web.now() + timedelta(hours=web.settings().session_hours)
    web.visit().language = g.language
    web.visit().sign_in(
        Person(found.access_token, found.roles, found.display_name),
        min(at_the_latest, datetime.fromtimestamp(found.expires_at, UTC)),
    )
    return redirect(wanted, 303)


@pages.post("/sign-out")
def leave() -> web.Answer:
    """Ends the session here, and at the provider where it says how."""
    web.visit().sign_out()
    home = web.settings().public_url + "/"
    try:
        ending = _provider().load_server_metadata().get("end_session_endpoint")
    except (requests.RequestException, AuthlibBaseError, ValueError):
        ending = None
    if not ending:
        return redirect(home, 303)
    query = urlencode({"client_id": web.settings().client_id, "post_logout_redirect_uri": home})
    return redirect(f"{ending}?{query}", 303)


def _provider() -> identity.FlaskOAuth2App:
    return current_app.extensions["provider"]
