"""Taking part without an account."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.engagement.participants import Participation
from portal.peers.gateway import Gateway
from portal.peers.wire import read


@dataclass(frozen=True, slots=True)
class Proof:
    id: str
    process_id: str
    way: str  # email
    expires_at: datetime
    confirmed: bool


def new_key(gateway: Gateway, process_id: str) -> str:
    """For a new visitor of this process."""
    return str(gateway.post("engagement", f"v1/processes/{process_id}/visitor-keys")["key"])


def ask_for_code(gateway: Gateway, process_id: str, address: str, language: str) -> Proof:
    body = {"way": "email", "address": address, "language": language}
    return read(Proof, gateway.post("engagement", f"v1/processes/{process_id}/proofs", body=body))


def confirm(gateway: Gateway, proof_id: str, code: str) -> Proof:
    return read(Proof, gateway.post("engagement", f"v1/proofs/{proof_id}/confirmation", body={"code": code}))


def enter(gateway: Gateway, process_id: str, display_name: str, language: str) -> Participation:
    body = {"displayName": display_name, "language": language, "agrees": True}
    return read(Participation, gateway.post("engagement", f"v1/processes/{process_id}/visitors", body=body))
