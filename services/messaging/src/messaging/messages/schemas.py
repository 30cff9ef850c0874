"""Requests on the wire. Batches come as Base64 inside JSON, so entries are checked here, and single ones alike."""

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from chassis.clock import parse
from messaging.channels.model import is_address
from messaging.messages.model import CallbackNotMade, Letter, Priority, Status, UnreadableBatch, UnusableLetter, Wish

Body = Mapping[str, Any]  # a JSON object that the contract has checked
_MOST_COPIES = 20
_LONGEST_NAME = 120
_LONGEST_TITLE = 250


def single(body: Body) -> Wish:
    """Raises UnusableLetter, CallbackNotMade."""
    errors: list[tuple[str, str]] = []
    letter, reference = _letter(body, body["recipientInfo"], "/recipientInfo", errors)
    return _wish(body, [letter], [reference], errors)


def batch(body: Body, largest: int) -> Wish:
    """One letter an entry. Raises UnreadableBatch, UnusableLetter, CallbackNotMade."""
    errors: list[tuple[str, str]] = []
    entries = _entries(body["recipientInfo"]["batchEmailAsBase64"], largest)
    read = [
        _letter(body, entry["recipientInfo"], f"/recipientInfo/batchEmailAsBase64/{place}/recipientInfo", errors)
        for place, entry in enumerate(entries)
    ]
    return _wish(body, [letter for letter, _ in read], [reference for _, reference in read], errors)


def accepted(request_id: UUID) -> dict[str, str]:
    """The two official files spell the id differently; both spellings are answered."""
    return {"response": "Message received", "requestUID": str(request_id), "requestUid": str(request_id)}


def counters(counts: Mapping[Status, int], asked: Sequence[str]) -> dict[str, int]:
    """A counter for each status that was asked for."""
    return {status: counts.get(Status(status), 0) for status in asked}


def notices(about: UUID, counts: Sequence[tuple[str, Status, int]]) -> dict[str, Any]:
    """The counts and their sum."""
    items = [{"template": template, "status": status, "count": count} for template, status, count in counts]
    return {"about": str(about), "total": sum(count for _, _, count in counts), "items": items}


def _wish(body: Body, letters: list[Letter], references: list[str | None], errors: list[tuple[str, str]]) -> Wish:
    if any((body.get(name) or {}).get("uri") for name in ("callback", "callbackUri")):
        raise CallbackNotMade("Callbacks are not made; ask /status/email.", [("/callback/uri", "cannot be called")])
    send_at = _instant(body.get("sendAt"), errors)
    if errors:
        raise UnusableLetter("The request cannot be sent as it is.", errors[:50])
    priority = Priority.EMERGENCY if body.get("messageType") == "emergency" else Priority.ORDINARY
    return Wish(tuple(letters), tuple(references), priority, send_at)


def _letter(body: Body, to: Any, at: str, errors: list[tuple[str, str]]) -> tuple[Letter, str | None]:
    """The letter and, if it has no address, the address reference. What is wrong is added to `errors`."""
    if not isinstance(to, dict):
        errors.append((at, "is not an object"))
        return Letter(None, "", "", ""), None
    email, reference = _text(to, "email", at, errors), _text(to, "reference", at, errors, longest=64)
    if (email is None) == (reference is None):
        errors.append((f"{at}/email", "either an address or a reference is needed"))
    if email is not None and not is_address(email):
        errors.append((f"{at}/email", "is not an address"))
    sender = body.get("senderInfo") or {}
    content = body["emailContent"]
    letter = Letter(
        to=email,
        to_name=_line(to, "name", at, errors) or "",
        subject=_line(content, "title", "/emailContent", errors, _LONGEST_TITLE) or "",
        text=content["content"],
        sender_name=_sender_name(sender, errors),
        reply_to=_reply_to(sender, errors),
        copies=_addresses(to, "emailCC", at, errors),
        hidden_copies=_addresses(to, "emailBCC", at, errors),
        unsubscribe=body.get("unsubscribe"),
    )
    return letter, reference


def _sender_name(sender: Body, errors: list[tuple[str, str]]) -> str | None:
    lines = [_line(sender, name, "/senderInfo", errors) for name in ("name", "onBehalfOfName", "organisationName")]
    return next((line for line in lines if line), None)


def _reply_to(sender: Body, errors: list[tuple[str, str]]) -> str | None:
    for name in ("replyTo", "email"):
        if address := sender.get(name):
            if not is_address(address):
                errors.append((f"/senderInfo/{name}", "is not an address"))
            return str(address)
    return None


def _addresses(to: Body, name: str, at: str, errors: list[tuple[str, str]]) -> tuple[str, ...]:
    listed = _text(to, name, at, errors, longest=2000)
    found = tuple(part.strip() for part in (listed or "").split(",") if part.strip())
    if len(found) > _MOST_COPIES or not all(map(is_address, found)):
        errors.append((f"{at}/{name}", f"is not a list of at most {_MOST_COPIES} addresses"))
    return found


def _line(of: Body, name: str, at: str, errors: list[tuple[str, str]], longest: int = _LONGEST_NAME) -> str | None:
    """A text for a header: one line, or a mail could be given headers of its sender's choice."""
    text = _text(of, name, at, errors, longest)
    if text is not None and not text.isprintable():
        errors.append((f"{at}/{name}", "is more than one line"))
    return text


def _text(of: Body, name: str, at: str, errors: list[tuple[str, str]], longest: int = 254) -> str | None:
    text = of.get(name)
    if text is None or (isinstance(text, str) and 0 < len(text) <= longest):
        return text
    errors.append((f"{at}/{name}", f"is not a text of 1 to {longest} characters"))
    return None


def _instant(text: Any, errors: list[tuple[str, str]]) -> datetime | None:
    if text is None:
        return None
    try:
        return parse(text)
    except ValueError:
        errors.append(("/sendAt", "is not an instant with a zone"))
        return None


def _entries(encoded: str, largest: int) -> list[dict[str, Any]]:
    pointer = "/recipientInfo/batchEmailAsBase64"
    try:
        entries = orjson.loads(b64decode("".join(encoded.split()), validate=True))
    except (binascii.Error, ValueError):
        raise UnreadableBatch("This is not Base64 of JSON.", [(pointer, "cannot be decoded")]) from None
    if not isinstance(entries, list) or not 0 < len(entries) <= largest:
        wanted = f"is not a list of 1 to {largest} recipients"
        raise UnreadableBatch("The batch has no recipients or too many.", [(pointer, wanted)])
    wrong = [
        place for place, entry in enumerate(entries) if not isinstance(entry, dict) or "recipientInfo" not in entry
    ]
    if wrong:
        raise UnreadableBatch(
            "An entry has no recipient.", [(f"{pointer}/{place}", "no recipient") for place in wrong[:50]]
        )
    return entries
