"""The stories of following: ask, answer, hear, end."""

import hmac
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from chassis import ids, jobs
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.access.addresses import canonical
from engagement.actors import Actor
from engagement.follows import store
from engagement.follows.model import ASKED_AGAIN_AFTER, UNCONFIRMED_KEPT, Follow, News
from engagement.processes import actions as processes

ASK, TELL = "ask-follower", "tell-follower"
_MOST_AT_ONCE = 200
_MOST_NEWS = 30


def ask(
    tx: Transaction,
    process_id: UUID,
    address: str,
    language: str | None,
    *,
    refused_domains: Collection[str],
    by: Actor,
    at: datetime,
    sealer: Sealer,
) -> None:
    """Write to an address whether it wants to follow; nobody learns whether it does already. Raises NotFound,
    AddressRefused."""
    process = processes.visible(tx, process_id, by=by)
    mailbox = sealer.digest(canonical(address, refused_domains), f"address {process.id}")
    wanted = Follow(ids.new(), process.id, address.strip(), mailbox, language, told_until=at, at=at)
    follow_id = store.ask(tx, wanted, at - ASKED_AGAIN_AFTER, sealer)
    if follow_id is not None:
        jobs.put(tx, ASK, f"{follow_id} {at.timestamp():.0f}", {"followId": str(follow_id)}, at)


def confirm(tx: Transaction, follow_id: UUID, token: str, *, at: datetime, sealer: Sealer) -> Follow:
    """The address answers. Raises NotFound, also for a token that was never sent."""
    found = _of(tx, follow_id, token, sealer)
    store.confirm(tx, found.id, at)
    return found


def end(tx: Transaction, follow_id: UUID, token: str, *, sealer: Sealer) -> None:
    """A second time, or with a token that was never sent, nothing happens and nobody learns why."""
    try:
        found = _of(tx, follow_id, token, sealer)
    except NotFound:
        return
    store.remove(tx, found.id)


def tell_due(tx: Transaction, period: timedelta, *, at: datetime) -> int:
    """Ask for a letter to each whose period is over and for whom there is something; how many were looked at. Call
    again until it is none."""
    due = store.due(tx, at - period, at, _MOST_AT_ONCE)
    for each in due:
        if each.is_worth_a_letter:
            new = {"proposals": each.proposals, "answers": each.answers, "phases": each.phases}
            jobs.put(tx, TELL, f"{each.id} {at.timestamp():.0f}", {"followId": str(each.id), "new": new}, at)
    if due:
        store.told(tx, (each.id for each in due), at)
    return len(due)


def sweep(tx: Transaction, *, at: datetime) -> None:
    """Forget addresses that never answered."""
    store.drop_unconfirmed(tx, at - UNCONFIRMED_KEPT)


def news(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> list[News]:
    """Newest first. Raises NotFound."""
    return store.news(tx, processes.visible(tx, process_id, by=by).id, at, _MOST_NEWS)


def token(follow_id: UUID, sealer: Sealer) -> str:
    """What only a letter to the address says; it is made from the id, so nothing more is kept."""
    return sealer.digest(str(follow_id), "follow")


def _of(tx: Transaction, follow_id: UUID, given: str, sealer: Sealer) -> Follow:
    if not hmac.compare_digest(token(follow_id, sealer), given):
        raise NotFound("There is no such follow.")
    return store.find(tx, follow_id, sealer)
