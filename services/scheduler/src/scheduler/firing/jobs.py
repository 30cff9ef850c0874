"""Firing by the clock, and the figures of it."""

from chassis.runtime import Runtime
from scheduler.firing import actions, store

EVERY_SECONDS = 0.25
POINTS = {
    "firing.before_commit": "Alerts are claimed and their events written, the transaction is not committed.",
    "firing.after_commit": "Alerts have fired, nobody has counted them.",
}


def fire_due(runtime: Runtime) -> None:
    """Fire all that is due now, batch by batch."""
    batch = runtime.settings.firing_batch_alerts
    while fire_batch(runtime, batch) == batch and not runtime.stopping.is_set():
        pass


def fire_batch(runtime: Runtime, batch: int) -> int:
    """Fire one batch; how many alerts."""
    at = runtime.clock()
    with runtime.reading() as tx:
        if not store.due(tx, at, 1):
            return 0  # a writing transaction four times a second for nothing would keep others waiting
    with runtime.transaction() as tx:
        fired = actions.fire(tx, batch, at=at)
        runtime.failpoints.hit("firing.before_commit")
    runtime.failpoints.hit("firing.after_commit")
    for firing in fired:
        runtime.metrics.observe("scheduler_lateness_seconds", firing.lateness_seconds, kind=firing.kind)
    return len(fired)


def alerts(runtime: Runtime) -> list[tuple[tuple[str, ...], float]]:
    """Samples of `scheduler_alerts`."""
    with runtime.reading() as tx:
        return [((state,), float(number)) for state, number in store.counts(tx).items()]


def oldest_due(runtime: Runtime) -> list[tuple[tuple[str, ...], float]]:
    """The sample of `scheduler_oldest_due_seconds`; zero when nothing is late."""
    at = runtime.clock()
    with runtime.reading() as tx:
        oldest = store.oldest_due(tx, at)
    return [((), (at - oldest).total_seconds() if oldest else 0.0)]
