"""The help desk's clock."""

from datetime import timedelta

from chassis.runtime import Runtime
from engagement.helpdesk import actions


def forget(runtime: Runtime) -> None:
    """Drop cases that are old enough."""
    kept = timedelta(days=runtime.settings.help_cases_kept_days)
    with runtime.transaction() as tx:
        actions.forget(tx, kept, at=runtime.clock())
