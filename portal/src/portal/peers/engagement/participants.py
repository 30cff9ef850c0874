"""Taking part in a process."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway, Refusal
from portal.peers.wire import read


@dataclass(frozen=True, slots=True)
class Participation:
    id: str
    process_id: str
    display_name: str
    state: str  # joining, joined, withdrawn
    joined_at: datetime
    consent_record_id: str | None = None


def join(gateway: Gateway, process_id: str, display_name: str, email: str | None, language: str) -> Participation:
    body: dict[str, object] = {"displayName": display_name, "language": language, "agrees": True}
    if email:
        body["email"] = email
    return read(Participation, gateway.post("engagement", f"v1/processes/{process_id}/participants", body=body))


def mine(gateway: Gateway, process_id: str) -> Participation | None:
    """None if the person does not take part."""
    try:
        found = gateway.get("engagement", f"v1/processes/{process_id}/participants/me")
    except Refusal as refusal:
        if refusal.status == 404:
            return None
        raise
    participation = read(Participation, found)
    return None if participation.state == "withdrawn" else participation
