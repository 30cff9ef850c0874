"""Numbers in bars of one round width, so many that the shape is seen."""

import math
from collections.abc import Sequence

from engagement.survey_results.model import Bar, Sums
from engagement.survey_results.shares import shares, together

_BARS = 12
_ROUND = (1, 2, 5, 10)
_Bin = tuple[float, float, Sums]  # from, up to and without, how often


def histogram(given: Sequence[tuple[float, Sums]], base: Sums, least: int) -> tuple[Bar, ...]:
    """Of `(number, how often)`, smallest first. A bar for fewer people than `least` is joined to the next, so bars may
    differ in width; no bars where all together are fewer."""
    if not given:
        return ()
    low, high = given[0][0], given[-1][0]
    width = _width(high - low, whole=all(value == int(value) for value, _ in given))
    start = math.floor(low / width) * width
    count = _place(high, start, width) + 1
    parts: list[list[Sums]] = [[] for _ in range(count)]
    for value, sums in given:
        parts[_place(value, start, width)].append(sums)
    bins = [(start + place * width, start + (place + 1) * width, together(its)) for place, its in enumerate(parts)]
    return tuple(_bar(each, base) for each in _joined(bins, least))


def _place(value: float, start: float, width: float) -> int:
    """Which bar a number belongs to; the small addend is for tenths, which have no exact form."""
    return math.floor((value - start) / width + 1e-9)


def _width(span: float, *, whole: bool) -> float:
    """The smallest of 1, 2, 5, 10, 20… that needs no more bars than there shall be."""
    wanted = span / (_BARS - 1) if span else 1.0
    magnitude: float = 10 ** math.floor(math.log10(wanted))
    width = next(magnitude * step for step in _ROUND if magnitude * step >= wanted * 0.999)
    return max(width, 1.0) if whole else width


def _joined(bins: Sequence[_Bin], least: int) -> list[_Bin]:
    found: list[_Bin] = []
    waiting: _Bin | None = None
    for each in bins:
        bar = _next_to(waiting, each) if waiting else each
        waiting = bar if 0 < bar[2].n < least else None
        if waiting is None:
            found.append(bar)
    while waiting and found:  # what is left at the end joins what stands before it
        waiting = _next_to(found.pop(), waiting)
        if waiting[2].n >= least:
            found.append(waiting)
            waiting = None
    return found


def _next_to(one: _Bin, other: _Bin) -> _Bin:
    return one[0], other[1], together([one[2], other[2]])


def _bar(of: _Bin, base: Sums) -> Bar:
    low, high, sums = of
    return Bar(low, high, *shares(sums, base))
