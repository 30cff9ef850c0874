"""Pictures of proposals."""

from base64 import b64encode

from portal.peers.gateway import Download, Gateway
from portal.peers.wire import Text

BYTES_MOST = 2 * 1024 * 1024
MOST = 3


def add(gateway: Gateway, proposal_id: str, content: bytes, alt: Text, *, key: str) -> None:
    body = {"alt": dict(alt), "content": b64encode(content).decode()}
    gateway.post("engagement", f"v1/proposals/{proposal_id}/pictures", body=body, idempotency_key=key)


def describe(gateway: Gateway, proposal_id: str, picture_id: str, alt: Text) -> None:
    gateway.put("engagement", f"v1/proposals/{proposal_id}/pictures/{picture_id}", body={"alt": dict(alt)})


def remove(gateway: Gateway, proposal_id: str, picture_id: str) -> None:
    gateway.delete("engagement", f"v1/proposals/{proposal_id}/pictures/{picture_id}")


def file(gateway: Gateway, picture_id: str, name: str) -> Download:
    """`name` is thumb.webp, thumb.jpg, large.webp or large.jpg."""
    return gateway.download("engagement", f"v1/pictures/{picture_id}/{name}")
