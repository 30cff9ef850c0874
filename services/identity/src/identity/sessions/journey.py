"""The way back: an authorization request that waits while a person signs in. It stays in the page's address, and only
an address of our own authorize operation is gone back to.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from chassis.database import Transaction
from identity.clients import store as clients
from identity.clients.model import State

_LONGEST = 6000  # characters


@dataclass(frozen=True, slots=True)
class Journey:
    """`next` is where to go on, None for nowhere; `client` and `redirect_uri` are the waiting application's."""

    next: str | None = None
    client: str | None = None
    redirect_uri: str | None = None

    def on(self, page: str) -> str:
        """The address of one of our pages, with the way back."""
        return f"{page}?{urlencode({'next': self.next})}" if self.next else page

    @property
    def targets(self) -> tuple[str, ...]:
        """Where a form of this journey may lead in the end."""
        return (self.redirect_uri,) if self.redirect_uri else ()


def journey(tx: Transaction, wanted: str | None) -> Journey:
    """The journey to this address; one to nowhere when it is not ours."""
    if not _is_ours(wanted):
        return Journey()
    asked = parse_qs(urlsplit(wanted or "").query)
    client = clients.known(tx, asked.get("client_id", [""])[0])
    redirect_uri = asked.get("redirect_uri", [""])[0]
    if client is None or client.state is not State.ACTIVE or redirect_uri not in client.redirect_uris:
        return Journey(wanted)
    return Journey(wanted, client.name, redirect_uri)


def _is_ours(wanted: str | None) -> bool:
    if not wanted or len(wanted) > _LONGEST or not wanted.startswith("/authorize?"):
        return False
    return wanted.isascii() and wanted.isprintable() and "\\" not in wanted and " " not in wanted
