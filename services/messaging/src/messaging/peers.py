"""What messaging asks of other blocks, through the mediator, never inside a transaction."""

from dataclasses import dataclass

from chassis.http_client import PeerClient, PeerRefused

_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person can be reached now; it is used and forgotten."""

    display_name: str
    email: str | None
    language: str | None


def contact(peers: PeerClient, registry: str, entry_id: str, purpose: str) -> Contact | None:
    """The person behind an address reference; None when the registry has her no more. `registry` is `name/version`;
    the purpose stands in the registry's access log. Raises Unavailable, PeerRefused."""
    query = {"query": {"content": {"id": entry_id}}}
    try:
        answer = peers.call(
            "registry", "POST", f"/data/{registry}/read", body=query, headers={"Baraza-Purpose": purpose}
        )
    except PeerRefused as refused:
        if refused.status in _GONE:
            return None
        raise
    content = answer.body["content"]
    return Contact(str(content.get("displayName") or ""), content.get("email"), content.get("language"))
