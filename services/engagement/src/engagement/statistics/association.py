"""Whether two questions hang together: Pearson's χ², its p value and Cramér's V."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_PRECISION = 1e-15
_MOST_STEPS = 10_000
_TINY = 1e-300
_LEAST_EXPECTED = 5.0


@dataclass(frozen=True, slots=True)
class Association:
    """`reliable` is false where more than a fifth of the expected counts are below 5 or one is below 1 (Cochran 1954);
    then the p value is a hint at most."""

    chi_squared: float
    degrees: int
    p: float
    cramers_v: float
    reliable: bool


def associated(table: Sequence[Sequence[float]], count: float | None = None) -> Association | None:
    """Of counts in rows and columns (Pearson 1900; Cramér 1946: V = √(χ² / (n·(min(rows, columns) - 1)))). Empty rows
    and columns are left out; None where fewer than two of either stay. `count` is what the table shall weigh, the
    effective number of answers where the counts are weighted; None takes their sum."""
    full = [row for row in table if sum(row) > 0]
    columns = [column for column in zip(*full, strict=True) if sum(column) > 0]
    if len(full) < 2 or len(columns) < 2:
        return None
    across, down = [sum(each) for each in zip(*columns, strict=True)], [sum(each) for each in columns]
    total = sum(down)
    scale = 1.0 if count is None else count / total
    statistic, few, least = 0.0, 0, math.inf
    for column, its in zip(columns, down, strict=True):
        for seen, other in zip(column, across, strict=True):
            expected = its * other / total
            statistic += scale * (seen - expected) ** 2 / expected
            few += expected * scale < _LEAST_EXPECTED
            least = min(least, expected * scale)
    degrees = (len(across) - 1) * (len(down) - 1)
    v = math.sqrt(statistic / (scale * total * (min(len(across), len(down)) - 1)))
    return Association(
        chi_squared=statistic,
        degrees=degrees,
        p=tail(statistic, degrees),
        cramers_v=min(v, 1.0),
        reliable=least >= 1 and few * 5 <= len(across) * len(down),
    )


def tail(statistic: float, degrees: int) -> float:
    """How probable a χ² at least so large is by chance: Q(degrees/2, statistic/2)."""
    return upper_gamma(degrees / 2, statistic / 2)


def upper_gamma(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(a, x) (DLMF §8.2): by its power series (§8.11.4) where that is
    quick, else by its continued fraction (§8.9.2)."""
    if x <= 0:
        return 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        return max(1.0 - front * _series(a, x), 0.0)
    return min(front * _fraction(a, x), 1.0)


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    for step in range(1, _MOST_STEPS):
        term *= x / (a + step)
        total += term
        if term < total * _PRECISION:
            break
    return total


def _fraction(a: float, x: float) -> float:
    """By Lentz's method, from the front."""
    b = x + 1 - a
    above, below = 1 / _TINY, 1 / b
    value = below
    for step in range(1, _MOST_STEPS):
        numerator = -step * (step - a)
        b += 2
        below = 1 / (numerator * below + b or _TINY)
        above = b + numerator / above or _TINY
        change = above * below
        value *= change
        if abs(change - 1) < _PRECISION:
            break
    return value
