"""How much an application may hand in, and when for."""

from datetime import datetime

from chassis.verdict import ALLOWED, Verdict, refused
from messaging.messages.model import FARTHEST_AHEAD, QuotaExceeded, UnusableLetter

_QUOTA_SECONDS = 60


def may_hand_in(messages: int, in_the_last_minute: int, quota: int) -> Verdict:
    """A quota of messages a minute and application; a first request is taken whatever its size."""
    if in_the_last_minute and messages + in_the_last_minute > quota:
        return refused(QuotaExceeded(f"The quota is {quota} messages a minute.", _QUOTA_SECONDS))
    return ALLOWED


def may_be_sent_at(send_at: datetime | None, at: datetime) -> Verdict:
    """Now, or in the near future; an instant that has passed means now."""
    if send_at is not None and send_at > at + FARTHEST_AHEAD:
        days = f"is more than {FARTHEST_AHEAD.days} days ahead"
        return refused(UnusableLetter("This is too far ahead.", [("/sendAt", days)]))
    return ALLOWED
