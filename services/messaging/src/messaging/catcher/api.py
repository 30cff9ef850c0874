"""The door of the catcher: pages for a person at this machine, a list for a demonstration."""

from datetime import datetime
from uuid import UUID

from flask import Response, request

from chassis import paging
from chassis.web import ok, reading, runtime
from messaging.catcher import schemas, store
from messaging.catcher.model import LOOPBACK, CatcherOff

_SHOWN = 100
_HEADERS = {"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-store"}


def show_caught_messages() -> Response:
    _require_loopback()
    with reading() as tx:
        page = schemas.list_page(store.page(tx, None, None, _SHOWN, runtime().sealer), store.count(tx, None))
    return Response(page, mimetype="text/html", headers=_HEADERS)


def show_caught_message(caught_id: str) -> Response:
    _require_loopback()
    with reading() as tx:
        page = schemas.mail_page(store.find(tx, UUID(caught_id), runtime().sealer))
    return Response(page, mimetype="text/html", headers=_HEADERS)


def list_caught_messages(cursor: str | None = None, limit: int = 20, template: str | None = None) -> Response:
    _require_catcher()
    place = paging.decode(cursor, 2)
    after = (datetime.fromisoformat(str(place[0])), UUID(str(place[1]))) if place else None
    with reading() as tx:
        rows = store.page(tx, template, after, limit + 1, runtime().sealer)
        total = store.count(tx, template)
    page = paging.page(rows, limit, lambda last: [last.at.isoformat(), str(last.id)])
    return ok({"items": [schemas.caught(each) for each in page.items], "next": page.next, "total": total})


def _require_catcher() -> None:
    if not (runtime().settings.catcher and runtime().settings.host in LOOPBACK):
        raise CatcherOff("No mails are caught here.")


def _require_loopback() -> None:
    """Addressed as this machine, too: a foreign page whose name was bent to loopback reads nothing."""
    _require_catcher()
    name = request.host.rpartition(":")[0] if not request.host.endswith("]") and ":" in request.host else request.host
    if name.strip("[]") not in LOOPBACK:
        raise CatcherOff("No mails are caught here.")
