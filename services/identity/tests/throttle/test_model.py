"""How long one waits after which failures."""

from datetime import UTC, datetime, timedelta

import pytest

from identity.throttle.model import Bucket, Failures, TooManyAttempts, network, sign_in_buckets

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
BUCKET = Bucket("login", "x", 5, 900)


@pytest.mark.parametrize(
    ("count", "seconds_ago", "wait"),
    [
        (0, 0, 0),
        (4, 0, 0),
        (5, 0, 1),
        (5, 1, 0),
        (8, 0, 8),
        (8, 7, 1),
        (14, 0, 512),
        (15, 0, 900),
        (10_000, 0, 900),
        (10_000, 900, 0),
        (10_000, 3600, 0),
    ],
)
def test_the_wait_doubles_up_to_its_longest(count: int, seconds_ago: int, wait: int) -> None:
    last = NOON - timedelta(seconds=seconds_ago)

    refusal = BUCKET.may_try(Failures(count, last, last), NOON).refusal

    if wait == 0:
        assert refusal is None
    else:
        assert isinstance(refusal, TooManyAttempts)
        assert wait <= refusal.retry_after_seconds <= wait + 1


def test_a_known_device_does_not_feel_strangers() -> None:
    strangers = {bucket.kind for bucket in sign_in_buckets("l", "n", known_device=False, free=5, longest_seconds=900)}
    own = {bucket.kind for bucket in sign_in_buckets("l", "n", known_device=True, free=5, longest_seconds=900)}

    assert own == {"login-device"}
    assert not own & strangers


@pytest.mark.parametrize(
    ("address", "of"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        (None, "unknown"),
    ],
)
def test_which_network_an_address_belongs_to(address: str | None, of: str) -> None:
    assert network(address) == of
