"""What engagement asks of other blocks, through the mediator, never inside a transaction."""

from dataclasses import dataclass

from chassis.http_client import PeerClient


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person can be reached; it passes through here and is kept by the registry alone."""

    display_name: str
    email: str | None
    language: str | None


def record_consent(peers: PeerClient, data_agreement_id: str, subject: str) -> str:
    """The id of the person's signed consent record under the agreement; the one that exists, if there is one."""
    answer = peers.call(
        "consent",
        "POST",
        f"/service/individual/record/data-agreement/{data_agreement_id}/",
        on_behalf_of=subject,
    )
    return str(answer.body["consentRecord"]["id"])


def enter_contact(peers: PeerClient, registry: str, subject: str, contact: Contact, key: str) -> str:
    """The id of the person's registry entry, which stands for her address in events. `registry` is `name/version`."""
    content = {"displayName": contact.display_name, "email": contact.email, "language": contact.language}
    body = {"write": {"content": {name: value for name, value in content.items() if value is not None}}}
    answer = peers.call(
        "registry", "POST", f"/data/{registry}/create", body=body, on_behalf_of=subject, idempotency_key=key
    )
    return str(answer.body["content"]["id"])


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail to an address that stands in no registry. Urgent ones go before what waits. `unsubscribe` is where one
    request ends further letters (RFC 8058)."""

    to: str
    subject: str
    text: str
    urgent: bool = False
    unsubscribe: str | None = None


def send(peers: PeerClient, letter: Letter, key: str) -> None:
    """Hand a letter to messaging; the same key again sends nothing more."""
    body: dict[str, object] = {
        "recipientInfo": {"email": letter.to},
        "emailContent": {"title": letter.subject, "content": letter.text},
        "messageType": "emergency" if letter.urgent else "ordinary",
    }
    if letter.unsubscribe:
        body["unsubscribe"] = letter.unsubscribe
    peers.call("messaging", "POST", "/send/email/single", body=body, idempotency_key=key)
