"""Shares, means and medians with what is uncertain about them. Intervals hold 95 % of cases."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_Z = 1.959963984540054  # the normal distribution's 97.5 % point


@dataclass(frozen=True, slots=True)
class Interval:
    """What the true value lies in, as far as chance alone is concerned."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Moments:
    """Of numbers, each as often as it counts: how many, their mean, and their standard deviation (None for one)."""

    count: float
    mean: float
    deviation: float | None


def effective(weight: float, squares: float) -> float:
    """How many equally weighted answers say as much as these (Kish 1965, §11.7): (Σw)² / Σw²."""
    return weight * weight / squares if squares > 0 else 0.0


def wilson(share: float, count: float) -> Interval | None:
    """Of a share among `count` answers (Wilson 1927); None where nobody answered. Good near 0 and 1 too, where the
    usual ± formula leaves the scale."""
    if count <= 0:
        return None
    spread = _Z * _Z / count
    middle = (share + spread / 2) / (1 + spread)
    reach = _Z / (1 + spread) * math.sqrt(max(share * (1 - share), 0.0) / count + spread / (4 * count))
    return Interval(max(middle - reach, 0.0), min(middle + reach, 1.0))


def moments(weight: float, total: float, squares: float, count: float | None = None) -> Moments | None:
    """From Σw, Σwx and Σwx² (of equal answers n, Σx, Σx²); None where nobody answered. The deviation is that of a
    sample of `count` (effective) answers, as many as they weigh where it is None: it divides by one less."""
    if weight <= 0:
        return None
    mean, sample = total / weight, weight if count is None else count
    if sample <= 1:
        return Moments(weight, mean, None)
    return Moments(weight, mean, math.sqrt(max(squares / weight - mean * mean, 0.0) * sample / (sample - 1)))


def mean_interval(of: Moments, count: float) -> Interval | None:
    """Of a mean of `count` (effective) answers, mean ± z·sd/√n; None for fewer than two."""
    if of.deviation is None or count <= 1:
        return None
    reach = _Z * of.deviation / math.sqrt(count)
    return Interval(of.mean - reach, of.mean + reach)


def median(distribution: Iterable[tuple[float, float]]) -> float | None:
    """Of `(value, how often)`: the value below and above which half of the answers lie; between two values their mean.
    None where nobody answered."""
    ordered = sorted((value, often) for value, often in distribution if often > 0)
    half = sum(often for _, often in ordered) / 2
    passed = 0.0
    for place, (value, often) in enumerate(ordered):
        passed += often
        if math.isclose(passed, half):
            return (value + ordered[place + 1][0]) / 2
        if passed > half:
            return value
    return None
