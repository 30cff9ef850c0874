"""Visitors: people who take part without an account. Their browser keeps a key for each process in one cookie; the key
in use stands first and goes with every question. The portal keeps none of them, and no page can read the cookie.
"""

import re
from dataclasses import dataclass

from flask import Flask, Response, g, request

TAKING = frozenset({"open", "email"})  # what a process's access may say for visitors to come in
_KEY = re.compile(r"[0-9a-f]{32}\.[A-Za-z0-9_-]{32}")
_MOST = 12
_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one browser, the one in use first."""

    all: tuple[str, ...] = ()

    @property
    def current(self) -> str | None:
        return self.all[0] if self.all else None

    def of(self, process_id: str) -> str | None:
        """The key for a process; None without one."""
        return next((key for key in self.all if key.startswith(process_id.replace("-", ""))), None)

    def using(self, key: str) -> "Keys":
        """This key first; a key before it for the same process is gone."""
        others = (each for each in self.all if each.partition(".")[0] != key.partition(".")[0])
        return Keys((key, *others)[:_MOST])

    def without(self, process_id: str) -> "Keys":
        dropped = self.of(process_id)
        return Keys(tuple(each for each in self.all if each != dropped))


def held() -> Keys:
    """What the browser sent, or what this request made of it."""
    if "visitor_keys" not in g:
        given = request.cookies.get(g.visitor_cookie, "").split("~")
        g.visitor_keys = Keys(tuple(key for key in given if _KEY.fullmatch(key))[:_MOST])
    found: Keys = g.visitor_keys
    return found


def keep(keys: Keys) -> None:
    """Let the browser have these from now on."""
    g.visitor_keys, g.visitor_keys_changed = keys, True


def install(app: Flask, over_tls: bool) -> None:
    """The cookie, on every answer that changed it."""
    name = "__Host-visitor" if over_tls else "visitor"

    @app.before_request
    def name_the_cookie() -> None:
        g.visitor_cookie = name

    @app.after_request
    def hand_out(answer: Response) -> Response:
        if g.get("visitor_keys_changed"):
            value = "~".join(held().all)
            lasts = _SECONDS if value else 0
            answer.set_cookie(name, value, max_age=lasts, path="/", httponly=True, samesite="Lax", secure=over_tls)
        return answer
