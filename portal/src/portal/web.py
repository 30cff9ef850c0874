"""What the views use: the question to the mediator, the page, the way back, and who may come in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, cast
from urllib.parse import urlsplit

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from chassis.clock import Clock
from chassis.database import Database
from chassis.http_client import PeerClient
from chassis.tracing import Tracing
from portal import visitors
from portal.abuse.doorkeeper import Doorkeeper, Sender
from portal.peers.engagement import processes, proposals
from portal.peers.engagement.processes import Process
from portal.peers.gateway import Gateway, Refusal
from portal.peers.identity import Provider
from portal.problems import explain
from portal.recent import Recent
from portal.session import Person, Visit
from portal.settings import Settings

P = ParamSpec("P")
Answer = Response | str | tuple[str, int]

SHOWN_ON_THE_WAY = frozenset({400, 403, 404, 409, 429})
"""Statuses of refusals that are told beside the form or on the page before; others have a page of their own."""


@dataclass(frozen=True)
class Portal:
    """What one app holds."""

    settings: Settings
    peers: PeerClient
    clock: Clock
    database: Database
    provider: Provider
    recent: Recent
    doorkeeper: Doorkeeper
    spans: Tracing

    def close(self) -> None:
        """Let the database go, and send the spans that are left."""
        self.database.close()
        self.spans.close()


def portal() -> Portal:
    return cast(Portal, current_app.extensions["portal"])


def settings() -> Settings:
    return portal().settings


def visit() -> Visit:
    return cast(Visit, session)


def person() -> Person | None:
    """Who is signed in."""
    return visit().person


def now() -> datetime:
    """One instant for the whole request."""
    if "now" not in g:
        g.now = portal().clock()
    at: datetime = g.now
    return at


def gateway() -> Gateway:
    """Speaks for whoever is signed in."""
    someone = person()
    if someone:
        return Gateway(portal().peers, someone.access_token, g.language)
    return Gateway(portal().peers, None, g.language, visitors.held().current)


def page(template: str, status: int = 200, **values: object) -> tuple[str, int]:
    return render_template(template, **values), status


def see_other(endpoint: str, anchor: str | None = None, **values: Any) -> Response:
    """The answer to a POST that was done (post, redirect, get)."""
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)


def tell(message: str) -> None:
    """Show this on the next page, once."""
    flash(message, "done")


def warn(message: str) -> None:
    """Show on the next page that something was not done."""
    flash(message, "refused")


def tell_refusal(refusal: Refusal) -> None:
    """Show on the next page why it was not done."""
    explained = explain(refusal)
    warn(f"{explained.title}. {explained.advice} {explained.said}".strip())


def local_path(candidate: str | None, default: str = "/") -> str:
    """A path of this portal; anything that would lead elsewhere becomes the default."""
    if not candidate or not candidate.startswith("/") or candidate.startswith(("//", "/\\")):
        return default
    parts = urlsplit(candidate)
    if parts.scheme or parts.netloc or "\\" in candidate or any(ord(letter) < 32 for letter in candidate):
        return default
    return candidate


def here() -> str:
    """The page that the person is on, to come back to; for a POST the page that held the form."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    parts = urlsplit(request.referrer or "")
    if f"{parts.scheme}://{parts.netloc}" != request.host_url.rstrip("/"):
        return "/"
    return local_path(parts.path + (f"?{parts.query}" if parts.query else ""))


def sign_in_first() -> Response:
    """To the sign-in, and back here afterwards."""
    return redirect(url_for("sign_in.start", next=here()), 303)


def come_in_first() -> Response:
    """To the sign-in; where the process at hand takes visitors, to the page that lets them in."""
    process = _process_at_hand()
    if process is not None and process.strategy.access in visitors.TAKING:
        return redirect(url_for("participation.come_in", slug=process.slug, next=here()), 303)
    return sign_in_first()


def signed_in(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """The view is for people who are signed in, and for visitors who take part without an account."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
        return view(*args, **kwargs) if person() or visitors.held().current else come_in_first()

    return guarded


def with_role(*roles: str) -> Callable[[Callable[P, Answer]], Callable[P, Answer]]:
    """The view is for people of these roles; the blocks have the last word on every right."""

    def decorate(view: Callable[P, Answer]) -> Callable[P, Answer]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
            someone = person()
            if someone is None:
                return sign_in_first()
            if not someone.has(*roles):
                raise Refusal(403, "forbidden")
            return view(*args, **kwargs)

        return guarded

    return decorate


def stamp() -> str:
    """When an open form was shown."""
    return portal().doorkeeper.stamp(now())


def objection() -> str | None:
    """What an open form that was sent still asks of its sender; None when it may pass."""
    sender = Sender(request.remote_addr, request.headers.get("X-Forwarded-For"))
    return portal().doorkeeper.objection(request.form, sender, now())


def join_first(process_id: str, then: str) -> Response:
    """To the page on which one joins this process, and on to `then`."""
    slug = process_of_id(process_id).slug
    return redirect(url_for("participation.join", slug=slug, next=then), 303)


def tried(step: Callable[[], object]) -> bool:
    """Whether the step was done; a refusal is told on the next page."""
    try:
        step()
    except Refusal as refusal:
        if refusal.status not in SHOWN_ON_THE_WAY:
            raise
        tell_refusal(refusal)
        return False
    return True


def the_process(slug: str) -> Process:
    """Raises NotFound."""
    known = portal().recent.find(slug)
    if known:
        return known
    found = processes.process_by_slug(gateway(), slug)
    if found is None:
        raise NotFound
    return _kept(found)


def process_of_id(process_id: str) -> Process:
    """Raises Refusal (404)."""
    return portal().recent.find(process_id) or _kept(processes.process(gateway(), process_id))


def _kept(found: Process) -> Process:
    """Staff is told more than others may know, counts that are hidden for example: that is kept for nobody."""
    someone = person()
    return found if someone and someone.has("official", "moderator") else portal().recent.keep(found)


def _process_at_hand() -> Process | None:
    """The process that the page is about, as far as its address tells; None for others."""
    place = request.view_args or {}
    if "slug" in place:
        return the_process(str(place["slug"]))
    if "proposal_id" in place:
        return process_of_id(proposals.proposal(gateway(), str(place["proposal_id"])).process_id)
    return None
