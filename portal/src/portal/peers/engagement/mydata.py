"""What engagement knows of whoever asks."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import Json, Text, read


@dataclass(frozen=True, slots=True)
class Part:
    """A participation. `contact_entry_id` names the registry entry that holds the address."""

    id: str
    process_id: str
    slug: str
    title: Text
    display_name: str
    state: str  # joining, joined, withdrawn
    ladder_step: int  # 0 open, 1 e-mail, 2 text message, 3 registered, 4 verified
    joined_at: datetime
    language: str | None = None
    consent_record_id: str | None = None
    contact_entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """A contribution of one's own. `receipt` is None for a draft."""

    kind: str
    id: str
    process_id: str
    channel: str
    ladder_step: int
    status: str  # pending, counted, withdrawn, hidden, invalidated
    at: datetime
    receipt: str | None
    said: Json


@dataclass(frozen=True, slots=True)
class Parts:
    items: tuple[Part, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Owns:
    items: tuple[Own, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """`kept` is how many of each kind count on without a name; of `erased` the words were taken out."""

    process_id: str
    kept: dict[str, int]
    erased: int


def parts(gateway: Gateway, cursor: str | None = None, limit: int = 100) -> Parts:
    return read(Parts, _page(gateway, "participations", cursor, limit))


def owns(gateway: Gateway, cursor: str | None = None, limit: int = 20) -> Owns:
    """Newest first."""
    return read(Owns, _page(gateway, "contributions", cursor, limit))


def everything(gateway: Gateway, what: str) -> list[Json]:
    """All pages of `participations` or `contributions`, as the block spells them."""
    found: list[Json] = []
    cursor: str | None = None
    while True:
        page = _page(gateway, what, cursor, 100)
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def leave(gateway: Gateway, process_id: str, *, erase: bool) -> Left:
    body = {"erase": erase}
    return read(Left, gateway.post("engagement", f"v1/processes/{process_id}/participants/me/withdrawal", body=body))


def erase_by_receipt(gateway: Gateway, code: str) -> None:
    gateway.post("engagement", f"v1/receipts/{code}/erasure")


def _page(gateway: Gateway, what: str, cursor: str | None, limit: int) -> Json:
    return gateway.get("engagement", f"v1/me/{what}", query={"cursor": cursor, "limit": limit})
