"""News of a process, and letters about them."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import Text, read


@dataclass(frozen=True, slots=True)
class News:
    kind: str  # proposal, answer, phase_opened, phase_closed
    id: str
    title: Text
    at: datetime


def follow(gateway: Gateway, process_id: str, address: str, language: str) -> None:
    """A letter asks the address; nothing more is told here."""
    body = {"address": address, "language": language}
    gateway.post("engagement", f"v1/processes/{process_id}/follows", body=body)


def confirm(gateway: Gateway, follow_id: str, token: str) -> str:
    """The process that the address follows from here on."""
    return str(gateway.post("engagement", f"v1/follows/{follow_id}/confirmation", body={"token": token})["processId"])


def end(gateway: Gateway, follow_id: str, token: str) -> None:
    gateway.post("engagement", f"v1/follows/{follow_id}/end", body={"token": token})


def news(gateway: Gateway, process_id: str) -> list[News]:
    """Newest first."""
    found = gateway.get("engagement", f"v1/processes/{process_id}/news")
    return [read(News, each) for each in found["items"]]
