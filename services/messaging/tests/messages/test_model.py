"""A message waits longer each time, and not for ever."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.testing.plugin import NOON
from messaging.channels.model import DELIVERED, Outcome, Result
from messaging.messages.model import LIFETIME, Letter, Message, Status, message

LATER = Outcome(Result.DEFERRED, "later", 451)


def _claimed(attempts: int = 1) -> Message:
    made = message(Letter("ann@example.org", "Ann", "Hello", "Text"), NOON)
    return replace(made, attempts=attempts, status=Status.PROCESSING, expires_at=NOON + LIFETIME)


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 2), (2, 4), (5, 32), (12, 900), (500, 900)])
def test_each_wait_is_longer_up_to_a_quarter_of_an_hour(attempts: int, seconds: int) -> None:
    after = _claimed(attempts).after(LATER, NOON)

    assert (after.status, after.due_at - NOON) == (Status.DEFERRED, timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (DELIVERED, Status.DELIVERED),
        (Outcome(Result.BOUNCED, "refused", 550), Status.BOUNCED),
        (Outcome(Result.NOT_SENT, "no_address"), Status.NOT_SENT),
    ],
)
def test_a_settled_message_has_no_content(outcome: Outcome, status: Status) -> None:
    after = _claimed().after(outcome, NOON)

    assert (after.status, after.content, after.settled_at, after.reason) == (status, None, NOON, outcome.reason)


def test_a_day_after_the_first_attempt_is_the_end() -> None:
    before, after = _claimed().after(LATER, NOON + LIFETIME * 0.9999), _claimed().after(LATER, NOON + LIFETIME)

    assert (before.status, before.due_at <= NOON + LIFETIME) == (Status.DEFERRED, True)
    assert (after.status, after.reason) == (Status.NOT_SENT, "expired")
