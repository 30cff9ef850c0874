"""How much may be asked."""

import pytest

from gateway.mediation.limits import Buckets, Gate, Overloaded, TooManyRequests


def test_a_burst_then_the_long_run() -> None:
    buckets = Buckets(per_second=2, burst=3)

    for _ in range(3):
        buckets.take("a", 100.0)
    with pytest.raises(TooManyRequests) as refused:
        buckets.take("a", 100.0)
    buckets.take("a", 100.5)

    assert refused.value.retry_after_seconds == 1
    with pytest.raises(TooManyRequests):
        buckets.take("a", 100.5)


def test_a_refused_call_costs_nothing() -> None:
    buckets = Buckets(per_second=1, burst=1)
    buckets.take("a", 0.0)

    for tenth in range(1, 10):
        with pytest.raises(TooManyRequests):
            buckets.take("a", tenth / 10)

    buckets.take("a", 1.01)


def test_callers_do_not_drink_from_each_others_buckets() -> None:
    buckets = Buckets(per_second=1, burst=1)
    buckets.take("a", 0.0)

    buckets.take("b", 0.0)


def test_the_wait_is_told_in_whole_seconds() -> None:
    buckets = Buckets(per_second=0.1, burst=1)
    buckets.take("a", 0.0)

    with pytest.raises(TooManyRequests) as refused:
        buckets.take("a", 0.0)

    assert refused.value.retry_after_seconds == 10


def test_buckets_do_not_grow_without_end() -> None:
    buckets = Buckets(per_second=1, burst=2)

    for caller in range(10_500):
        buckets.take(str(caller), 0.0)

    assert len(buckets._levels) == 10_000


def test_a_gate_has_so_many_places_and_gets_them_back() -> None:
    gate = Gate(1)

    with gate.place(), pytest.raises(Overloaded), gate.place():
        pass
    with gate.place():
        assert gate.taken == 1

    assert gate.taken == 0
