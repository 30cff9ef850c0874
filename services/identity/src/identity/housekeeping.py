"""What has ended is forgotten: nobody is traced by what is not there."""

from datetime import timedelta

from chassis.runtime import Runtime, Tick
from identity.keys import actions as keys
from identity.sessions import store as sessions
from identity.throttle import store as throttle
from identity.tokens import store as tokens

_KEPT = timedelta(days=1)  # after the end of a code, so that a replay is still known as one
_EVERY_SECONDS = 900


def forget(runtime: Runtime) -> None:
    """Ended codes, tokens, sessions and signing keys, and failures that nobody waits for."""
    at = runtime.clock()
    with runtime.transaction() as tx:
        tokens.forget_ended(tx, at - _KEPT)
        sessions.forget_ended(tx, at)
        throttle.forget_old(tx, at)
        keys.forget_ended(tx, at)


FORGET = Tick("forget", _EVERY_SECONDS, forget)
