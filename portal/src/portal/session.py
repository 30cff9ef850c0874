"""Sessions: an opaque cookie, and one row of which only the cookie's digest is known.

The access token and the notes are sealed with a key made from the cookie, so a copy of the table signs nobody in and
tells nothing of what a person was writing. A visitor who only reads has no session and gets no cookie.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from chassis.database import Database
from portal.settings import Settings
from portal.tables import sessions

_VISITOR_MINUTES = 30  # how long a sign-in may take


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, as far as the pages need it."""

    access_token: str
    roles: frozenset[str]
    display_name: str | None

    def has(self, *roles: str) -> bool:
        """Whether she holds one of these roles or administers."""
        return not self.roles.isdisjoint((*roles, "administrator"))


class Visit(SessionMixin):
    """What Flask calls the session: notes by name, and the person. `raw_id` is None until something is kept."""

    def __init__(self, raw_id: str | None = None, notes: dict[str, Any] | None = None) -> None:
        self.raw_id = raw_id
        self.notes = notes or {}
        self.person: Person | None = None
        self.expires_at: datetime | None = None
        self.language: str | None = None
        self.stale_ids: list[str] = []  # rows that end with this request
        self.modified = False
        self.accessed = True
        self.new = raw_id is None

    def __getitem__(self, name: str) -> Any:
        return self.notes[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.notes[name] = value
        self.modified = True

    def __delitem__(self, name: str) -> None:
        del self.notes[name]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self.notes)

    def __len__(self) -> int:
        return len(self.notes)

    def sign_in(self, person: Person, expires_at: datetime) -> None:
        """The row gets a new id, so that an id from before the sign-in is worth nothing. Notes do not survive."""
        self._leave()
        self.person, self.expires_at = person, expires_at
        self.modified = True

    def sign_out(self) -> None:
        self._leave()
        self.person = self.expires_at = None
        self.modified = True

    def _leave(self) -> None:
        if self.raw_id:
            self.stale_ids.append(self.raw_id)
        self.raw_id = None
        self.notes = {}


class Sessions(SessionInterface):
    """Keeps visits in the database. A visit is written only when something in it changed."""

    def __init__(self, database: Database, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self.cookie_name = "__Host-portal" if settings.over_tls else "portal"

    def open_session(self, app: Flask, request: Request) -> Visit:
        raw_id = request.cookies.get(self.cookie_name)
        if not raw_id:
            return Visit()
        with self._database.reading() as tx:
            row = tx.execute(_FIND, {"id_digest": _digest(raw_id), "now": self._clock()}).one_or_none()
        if row is None:
            return Visit()
        opened = _unseal(row.sealed, raw_id)
        visit = Visit(raw_id, opened["notes"])
        visit.expires_at = row.expires_at
        if opened["token"]:
            visit.person = Person(opened["token"], frozenset(row.roles), row.display_name)
        return visit

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, Visit)  # noqa: S101 - `open_session` makes nothing else
        if not session.modified:
            return
        keep = bool(session.notes) or session.person is not None
        fresh = keep and session.raw_id is None
        if fresh:
            session.raw_id = secrets.token_urlsafe(32)
        with self._database.transaction() as tx:
            for raw_id in session.stale_ids:
                tx.execute(_DELETE, {"old": _digest(raw_id)})
            if fresh:
                tx.execute(_SWEEP, {"now": self._clock()})
                tx.execute(sa.insert(sessions), self._row(session))
            elif keep:
                tx.execute(_UPDATE, {"old": _digest(session.raw_id or ""), "new_sealed": _seal(session)})
        if fresh:
            response.set_cookie(self.cookie_name, session.raw_id or "", **self._flags())
        elif not keep:
            response.delete_cookie(self.cookie_name, **self._flags())
        response.vary.add("Cookie")

    def _row(self, visit: Visit) -> dict[str, Any]:
        person = visit.person
        return {
            "id_digest": _digest(visit.raw_id or ""),
            "expires_at": visit.expires_at or self._clock() + timedelta(minutes=_VISITOR_MINUTES),
            "sealed": _seal(visit),
            "roles": sorted(person.roles) if person else [],
            "display_name": person.display_name if person else None,
            "language": visit.language,
        }

    def _flags(self) -> dict[str, Any]:
        return {"path": "/", "httponly": True, "samesite": "Lax", "secure": self._settings.over_tls}


_NOW = sa.bindparam("now", type_=sessions.c.expires_at.type)
_FIND = sa.select(sessions.c.expires_at, sessions.c.sealed, sessions.c.roles, sessions.c.display_name).where(
    sessions.c.id_digest == sa.bindparam("id_digest"), sessions.c.expires_at > _NOW
)
_DELETE = sa.delete(sessions).where(sessions.c.id_digest == sa.bindparam("old"))
_UPDATE = (
    sa.update(sessions).where(sessions.c.id_digest == sa.bindparam("old")).values(sealed=sa.bindparam("new_sealed"))
)
_SWEEP = sa.delete(sessions).where(sessions.c.expires_at <= _NOW)


def _digest(raw_id: str) -> str:
    return hashlib.sha256(raw_id.encode()).hexdigest()


def _key(raw_id: str) -> bytes:
    return hashlib.sha256(b"baraza portal session\0" + raw_id.encode()).digest()


def _seal(visit: Visit) -> bytes:
    nonce = secrets.token_bytes(12)
    kept = {"token": visit.person.access_token if visit.person else None, "notes": visit.notes}
    return nonce + AESGCM(_key(visit.raw_id or "")).encrypt(nonce, json.dumps(kept).encode(), None)


def _unseal(sealed: bytes, raw_id: str) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(AESGCM(_key(raw_id)).decrypt(sealed[:12], sealed[12:], None))
    return opened
