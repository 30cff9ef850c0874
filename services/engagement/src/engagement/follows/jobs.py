"""Letters to followers. Messaging is asked with a key of its own for each, so that a second run sends nothing more."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.errors import NotFound
from chassis.runtime import Runtime
from engagement import peers
from engagement.follows import actions, letters, store
from engagement.follows.model import Follow
from engagement.processes import store as processes
from engagement.processes.model import Process


def ask(runtime: Runtime, payload: dict[str, Any], at: datetime) -> None:
    """Raises Unavailable or PeerRefused, and is then tried again."""
    found = _found(runtime, payload)
    if found is None:
        return
    follow, process = found
    subject, text = letters.asked(follow.language, process.title, _link(runtime, follow))
    letter = peers.Letter(follow.address, subject, text)
    peers.send(runtime.peers, letter, f"follow {follow.id} {follow.at.timestamp()}")


def tell(runtime: Runtime, payload: dict[str, Any], at: datetime) -> None:
    """Raises Unavailable or PeerRefused, and is then tried again."""
    found = _found(runtime, payload)
    if found is None:
        return
    follow, process = found
    read_more, end = f"{runtime.settings.portal_url}/processes/{process.slug}", f"{_link(runtime, follow)}/end"
    subject, text = letters.told(follow.language, process.title, payload["new"], read_more, end)
    letter = peers.Letter(follow.address, subject, text, unsubscribe=end)
    peers.send(runtime.peers, letter, f"news {follow.id} {follow.told_until.timestamp()}")


def send_due(runtime: Runtime) -> None:
    """Ask for all letters that are due, some hundred followers a transaction."""
    period = timedelta(seconds=runtime.settings.follow_period_seconds)
    at, seen = runtime.clock(), 1
    while seen and not runtime.stopping.is_set():
        with runtime.transaction() as tx:
            seen = actions.tell_due(tx, period, at=at)
    with runtime.transaction() as tx:
        actions.sweep(tx, at=at)


def _found(runtime: Runtime, payload: dict[str, Any]) -> tuple[Follow, Process] | None:
    """None when the follow ended meanwhile."""
    with runtime.reading() as tx:
        try:
            follow = store.find(tx, UUID(payload["followId"]), runtime.sealer)
        except NotFound:
            return None
        return follow, processes.find(tx, follow.process_id)


def _link(runtime: Runtime, follow: Follow) -> str:
    return f"{runtime.settings.portal_url}/follows/{follow.id}/{actions.token(follow.id, runtime.sealer)}"
