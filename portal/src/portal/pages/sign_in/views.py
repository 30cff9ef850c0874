"""The journey to the OpenID provider and back. The way back is kept in the session, never in what the provider sees."""

import logging
from datetime import UTC, datetime, timedelta

from flask import Blueprint, redirect, request

from portal import web
from portal.language import _, current
from portal.peers.gateway import Refusal
from portal.peers.identity import NotSignedIn, Unreachable
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
    try:
        return web.portal().provider.begin(f"{web.settings().public_url}/sign-in/callback", current())
    except Unreachable as error:
        log.error("the provider does not answer", extra={"reason": str(error)})
        raise Refusal(503, "unavailable") from error


@pages.get("/sign-in/callback")
def callback() -> web.Answer:
    wanted = web.local_path(web.visit().get(_NEXT))
    try:
        found = web.portal().provider.finish()
    except Unreachable as error:
        log.error("the provider does not answer", extra={"reason": str(error)})
        raise Refusal(503, "unavailable") from error
    except NotSignedIn as error:
        log.info("a sign-in was not finished", extra={"reason": str(error)})
        web.visit().pop(_NEXT, None)
        web.warn(_("You are not signed in. The sign-in was stopped or took too long; you can try again."))
        return redirect(wanted, 303)
    at_the_latest = web.now() + timedelta(hours=web.settings().session_hours)
    web.visit().language = current()
    web.visit().sign_in(
        Person(found.access_token, found.roles, found.display_name),
        min(at_the_latest, datetime.fromtimestamp(found.expires_at, UTC)),
    )
    return redirect(wanted, 303)


@pages.post("/sign-out")
def leave() -> web.Answer:
    """Ends the session here, and at the provider where it says how."""
    web.visit().sign_out()
    home = f"{web.settings().public_url}/"
    return redirect(web.portal().provider.ending(home) or home, 303)
