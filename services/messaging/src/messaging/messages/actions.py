"""The stories of messages: taken in, asked for by an event, counted."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from chassis.sealing import Sealer
from messaging.messages import policy, store
from messaging.messages.model import DUPLICATE_WINDOW, Message, Request, Status, Wish, message

BELL = "deliveries"
_PLACE = "request"
_NO_ADDRESS = "no_address"


def accept(tx: Transaction, wish: Wish, mhash: str, *, by: str, at: datetime, sealer: Sealer, quota: int) -> Request:
    """Queue a message a letter. The same request within a day is the request before. Raises QuotaExceeded,
    UnusableLetter."""
    if known := store.same_request(tx, mhash, at - DUPLICATE_WINDOW):
        return known
    policy.may_be_sent_at(wish.send_at, at).require()
    lately = store.handed_in(tx, by, at - timedelta(minutes=1))
    policy.may_hand_in(len(wish.letters), lately, quota).require()
    request = Request(ids.new(), by, mhash, len(wish.letters), at)
    if not store.add_request(tx, request):
        return store.same_request(tx, mhash, at - DUPLICATE_WINDOW) or request
    store.add(tx, _messages(wish, request), sealer)
    ring(tx)
    return request


def queue_notice(tx: Transaction, notice: Message, *, at: datetime) -> bool:
    """Queue what an event asked for, unless it was queued before; whether it is new. Without a recipient there is
    nothing to send: the message is settled at once, so that it is counted and never looked for."""
    if notice.recipient is None:
        notice = replace(notice, content=None, status=Status.NOT_SENT, reason=_NO_ADDRESS, settled_at=at)
    new = store.add_once(tx, notice)
    if new:
        ring(tx)
    return new


def mhash(sealer: Sealer, application: str, key: str, body: bytes) -> str:
    """MHASH of GovStack, keyed: nobody finds out by trying which address stood in a request."""
    return sealer.digest(f"{application}\0{key}\0{sha256(body).hexdigest()}", _PLACE)


def status(tx: Transaction, request_id: UUID, *, by: str) -> dict[Status, int]:
    """Where the messages of the caller's own request stand. Raises NotFound."""
    return store.counts_of_request(tx, store.find_request(tx, request_id, by).id)


def ring(tx: Transaction) -> None:
    """Wake the delivery once this transaction commits."""
    tx.after_commit(tx.database.bell(BELL).set)


def _messages(wish: Wish, request: Request) -> list[Message]:
    at = request.accepted_at
    due_at = max(wish.send_at or at, at)
    made = (replace(message(letter, at, due_at), request_id=request.id) for letter in wish.letters)
    return [
        replace(each, recipient=reference, priority=wish.priority)
        for each, reference in zip(made, wish.recipients, strict=True)
    ]
