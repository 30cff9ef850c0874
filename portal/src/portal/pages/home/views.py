from flask import Blueprint, redirect, request
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import COOKIE
from portal.peers.engagement import processes
from portal.peers.engagement.processes import Process

pages = Blueprint("home", __name__)

_YEAR_SECONDS = 31_536_000


@pages.get("/")
def home() -> web.Answer:
    found = processes.list_processes(web.gateway(), limit=50).items
    now = web.now()
    return web.page(
        "home/home.html",
        open_now=sorted((each for each in found if each.state == "open"), key=_closing),
        upcoming=[each for each in found if each.state == "scheduled"],
        in_assessment=[each for each in found if each.state in ("closed", "analysing")],
        decided=[each for each in found if each.is_answered][:6],
        phase_of={each.id: each.phase_at(now) for each in found},
    )


def _closing(process: Process) -> float:
    """What closes first stands first; what is between phases stands last."""
    phase = process.phase_at(web.now())
    return phase.closes_at.timestamp() if phase else float("inf")


@pages.get("/language/<tag>")
def speak(tag: str) -> web.Answer:
    if tag not in web.settings().languages:
        raise NotFound
    answer = redirect(web.local_path(request.args.get("next")), 303)
    answer.set_cookie(COOKIE, tag, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=web.settings().over_tls)
    return answer
