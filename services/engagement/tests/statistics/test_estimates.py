"""Against values that are known, or that the standard library computes in another way."""

import random
import statistics

import pytest

from engagement.statistics import estimates
from engagement.statistics.estimates import Interval


@pytest.mark.parametrize(
    ("share", "count", "low", "high"),
    [
        (0.5, 100, 0.40383, 0.59617),
        (0.0, 10, 0.0, 0.27753),
        (1.0, 10, 0.72247, 1.0),
        (0.81 / 2.63, 263, 0.25525, 0.36619),
    ],
)
def test_wilson_s_interval(share: float, count: float, low: float, high: float) -> None:
    found = estimates.wilson(share, count)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_nobody_gives_no_interval_and_no_mean() -> None:
    assert estimates.wilson(0.5, 0) is None
    assert estimates.moments(0, 0, 0) is None
    assert estimates.median([]) is None
    assert estimates.effective(0, 0) == 0


def test_one_answer_has_a_mean_and_no_deviation() -> None:
    found = estimates.moments(1, 4, 16)

    assert found is not None and (found.mean, found.deviation) == (4, None)
    assert estimates.mean_interval(found, 1) is None


def test_moments_are_those_of_the_numbers() -> None:
    chance = random.Random(1)
    numbers = [chance.randint(0, 120) for _ in range(500)]

    found = estimates.moments(len(numbers), sum(numbers), sum(each * each for each in numbers))

    assert found is not None
    assert found.mean == pytest.approx(statistics.fmean(numbers))
    assert found.deviation == pytest.approx(statistics.stdev(numbers))
    interval = estimates.mean_interval(found, 500)
    assert interval is not None
    assert interval.high - found.mean == pytest.approx(1.959964 * statistics.stdev(numbers) / 500**0.5, rel=1e-6)


@pytest.mark.parametrize("numbers", [[1], [1, 2], [3, 1, 2], [1, 1, 5, 9], [0, 0, 0, 1], [2, 2, 3, 3]])
def test_the_median_is_that_of_the_numbers(numbers: list[int]) -> None:
    counted = [(float(value), float(numbers.count(value))) for value in set(numbers)]

    assert estimates.median(counted) == statistics.median(numbers)


def test_a_weighted_median_is_where_half_of_the_weight_lies() -> None:
    assert estimates.median([(1, 0.5), (2, 0.5), (9, 3.0)]) == 9
    assert estimates.median([(1, 1.5), (2, 0.5), (9, 1.0)]) == 1.5


def test_equal_weights_lose_nothing_and_others_do() -> None:
    assert estimates.effective(100 * 0.7, 100 * 0.49) == pytest.approx(100)
    assert estimates.effective(1 + 3, 1 + 9) == pytest.approx(1.6)


def test_an_interval_is_what_it_says() -> None:
    assert Interval(0.1, 0.2) == Interval(low=0.1, high=0.2)
