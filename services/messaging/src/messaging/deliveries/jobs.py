"""The delivery: a queue worked off by a few threads, outside any transaction."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

from chassis.errors import Refusal
from chassis.runtime import Runtime
from messaging import peers
from messaging.channels.console import ConsoleChannel
from messaging.channels.email import EmailChannel, Server
from messaging.channels.model import Channel, Mail, Outcome, Result, is_address
from messaging.channels.null import NullChannel
from messaging.deliveries import actions, letters
from messaging.messages.actions import BELL
from messaging.messages.model import Letter, Message

log = logging.getLogger(__name__)
AFTER_ACCEPT = "messaging.after_accept"
_IDLE_SECONDS = 1.0
_AHEAD = 4  # messages claimed a thread: enough to keep it busy, few enough that an emergency waits little

_NO_ADDRESS = Outcome(Result.NOT_SENT, "no_address")
_UNREADABLE = Outcome(Result.NOT_SENT, "unreadable")
_REGISTRY_AWAY = Outcome(Result.DEFERRED, "registry_away")
_FAILED = Outcome(Result.DEFERRED, "failed")


Attempt = tuple[Message, Outcome]


def run(runtime: Runtime) -> None:
    """Deliver until the app stops. What an earlier worker left claimed is delivered first."""
    with closing(channel(runtime)) as way:
        deliver_by(runtime, way)


def deliver_by(runtime: Runtime, way: Channel) -> None:
    """Deliver by this channel until the app stops; what is being sent is finished and recorded, the rest waits.

    One transaction a round records what was sent and claims what is next: with a commit a message, the disk would be
    slower than the mail server. Outcomes that cannot be recorded now are kept for the next round.
    """
    threads, bell = runtime.settings.delivery_threads, runtime.database.bell(BELL)
    pool = ThreadPoolExecutor(threads, "messaging-delivery")
    pending: set[Future[Attempt]] = set()
    sent: list[Attempt] = []
    _release(runtime)
    try:
        while not runtime.stopping.is_set():
            bell.clear()
            failed = _collect(pending, sent)
            if failed and not pending and not sent:
                _release(runtime)
            room = threads * _AHEAD - len(pending) if len(pending) <= threads else 0
            claimed = _round(runtime, way, sent, room)
            for message in claimed:
                future = pool.submit(attempt, runtime, way, message)
                future.add_done_callback(lambda _: bell.set())
                pending.add(future)
            if not claimed:
                bell.wait(_IDLE_SECONDS)
    finally:
        pool.shutdown(cancel_futures=True)
        _collect(pending, sent)
        _round(runtime, way, sent, 0)
        _release(runtime)


def deliver_due(runtime: Runtime, way: Channel, limit: int = 100) -> int:
    """Deliver what is due now, one after the other; how many."""
    claimed = _round(runtime, way, [], limit)
    for message in claimed:
        _round(runtime, way, [attempt(runtime, way, message)], 0)
    return len(claimed)


def attempt(runtime: Runtime, way: Channel, message: Message) -> Attempt:
    """One attempt at a claimed message, outside any transaction. Raises nothing but what a failpoint raises."""
    outcome = _outcome(runtime, way, message)
    if outcome.result is Result.DELIVERED:
        runtime.failpoints.hit(AFTER_ACCEPT)
    return message, outcome


def channel(runtime: Runtime) -> Channel:
    """The channel that the settings name. Raises KeyError for another name."""
    own = runtime.settings
    server = Server(
        own.smtp_host, own.smtp_port, own.smtp_timeout_seconds, own.smtp_starttls, own.smtp_user, own.smtp_password
    )
    known: dict[str, Callable[[], Channel]] = {
        "email": lambda: EmailChannel(server, own.sender_address),
        "console": ConsoleChannel,
        "null": NullChannel,
    }
    return known[own.channel]()


def _collect(pending: set[Future[Attempt]], sent: list[Attempt]) -> int:
    """Move what is done from `pending` to `sent`; how many attempts failed altogether."""
    done = {each for each in pending if each.done() and not each.cancelled()}
    pending -= done
    sent += [each.result() for each in done if not each.exception()]
    return len([each for each in done if each.exception()])


def _round(runtime: Runtime, way: Channel, sent: list[Attempt], room: int) -> list[Message]:
    """Record all that was sent and claim up to `room` messages. `sent` is empty once its outcomes are on disk."""
    if not sent and not room:
        return []
    at = runtime.clock()
    with runtime.transaction() as tx:
        after = [actions.record(tx, message, outcome, channel=way.name, at=at) for message, outcome in sent]
        claimed = actions.claim(tx, room, at=at, sealer=runtime.sealer) if room else []
    sent.clear()
    for each in after:
        _measure(runtime, way.name, each)
    return claimed


def _release(runtime: Runtime) -> None:
    with runtime.transaction() as tx:
        released = actions.release(tx)
    if released:
        log.warning("claimed messages wait again", extra={"messages": released})


def _outcome(runtime: Runtime, way: Channel, message: Message) -> Outcome:
    facts = {"message_id": str(message.id), "attempt": message.attempts}
    if message.content is None:
        log.error("a letter was sealed with another key", extra=facts)
        return _UNREADABLE
    try:
        mail = _mail(runtime, message)
        return way.send(mail) if mail is not None else _NO_ADDRESS
    except Refusal as refusal:  # the registry, through the mediator
        log.info("an address cannot be had now", extra=facts | {"reason": type(refusal).__name__})
        return _REGISTRY_AWAY
    except Exception as error:  # its text may quote the mail; its kind does not
        log.error("an attempt failed", extra=facts | {"reason": type(error).__name__})
        return _FAILED


def _mail(runtime: Runtime, message: Message) -> Mail | None:
    """None without an address. Raises Unavailable, PeerRefused."""
    if message.recipient is None:
        assert isinstance(message.content, Letter)  # noqa: S101 - notices without a recipient are settled at once
        return letters.addressed(message, message.content.to or "", message.content.to_name, None, runtime.settings)
    purpose = message.template or "letter"
    contact = peers.contact(runtime.peers, runtime.settings.recipients_registry, message.recipient, purpose)
    if contact is None or not contact.email or not is_address(contact.email):
        return None
    return letters.addressed(message, contact.email, contact.display_name, contact.language, runtime.settings)


def _measure(runtime: Runtime, way: str, after: Message | None) -> None:
    if after is None:
        return
    runtime.metrics.count("notification_state_total", channel=way, state=after.status)
    if after.settled_at is not None and after.status == "delivered":
        took = (after.settled_at - after.accepted_at).total_seconds()
        runtime.metrics.observe("notification_time_to_sent_seconds", max(took, 0.0))
