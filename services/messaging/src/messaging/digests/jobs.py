"""The digests' clock."""

from datetime import timedelta

from chassis.runtime import Runtime
from messaging.digests import actions


def send(runtime: Runtime) -> None:
    """Queue all digests that are due, some hundred recipients a transaction."""
    period = timedelta(seconds=runtime.settings.digest_period_seconds)
    sent = 1
    while sent and not runtime.stopping.is_set():
        with runtime.transaction() as tx:
            sent = actions.send_due(tx, period, at=runtime.clock())
