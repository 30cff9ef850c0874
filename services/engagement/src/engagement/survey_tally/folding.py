"""What a batch of responses changes in the figures: sums by cell, pair and term, none of them touched yet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

from engagement.survey_tally.model import (
    ANSWERED,
    MISSING,
    MOST_CROSSED,
    PROFILE,
    SKIPPED,
    Measure,
    Said,
    Variable,
)

Cell = tuple[str, str]  # variable, code
Pair = tuple[str, str, str, str]  # first and second variable, first and second code
Term = tuple[str, str]  # question, term
_UNSAID = (MISSING, SKIPPED)


def _sums(places: int) -> list[float]:
    return [0.0] * places


@dataclass(frozen=True, slots=True)
class Change:
    """What is added, less what is taken out. Of a cell: n, Σw, Σw², Σx, Σx², Σwx, Σwx²; of a pair: n, Σw, Σw²; of a
    term: n."""

    cells: dict[Cell, list[float]] = field(default_factory=lambda: defaultdict(lambda: _sums(7)))
    pairs: dict[Pair, list[float]] = field(default_factory=lambda: defaultdict(lambda: _sums(3)))
    terms: dict[Term, int] = field(default_factory=lambda: defaultdict(int))


class Folding:
    """Collects what responses of one survey say, and what they said before.

    Pairs are counted for all responses of one weight together: a thousand responses to sixty questions are millions of
    pairs, which `Counter` counts ten times faster than a loop.
    """

    def __init__(self, known: Iterable[Variable]) -> None:
        closed = [each for each in known if each.closed]
        self._crossed = [each.name for each in closed][:MOST_CROSSED]
        self._several = frozenset(each.name for each in closed if each.measure is Measure.CHOICES)
        self._alike: dict[tuple[int, float], list[Said]] = defaultdict(list)  # by sign and weight

    def add(self, said: Said) -> None:
        self._alike[1, said.weight].append(said)

    def take_out(self, said: Said) -> None:
        self._alike[-1, said.weight].append(said)

    def change(self) -> Change:
        """What all of them come to."""
        change = Change()
        for (sign, weight), group in self._alike.items():
            for said in group:
                _cells(change, said, sign)
            self._pairs(change, group, (sign, sign * weight, sign * weight * weight))
        return change

    def _pairs(self, change: Change, group: Sequence[Said], by: tuple[float, float, float]) -> None:
        attributes = sorted({name for said in group for name in said.codes if name.startswith(PROFILE)})
        columns = [(name, self._column(name, group)) for name in (*attributes, *self._crossed)]
        for (first, its), (second, other) in combinations(columns, 2):
            if first in self._several or second in self._several:
                together = Counter(
                    both for a, b in zip(its, other, strict=True) for both in product(_each(a), _each(b))
                )
            else:
                together = Counter(zip(its, other, strict=True))
            for (a, b), count in together.items():
                if a and b:
                    sums = change.pairs[first, second, a, b]
                    for place, amount in enumerate(by):
                        sums[place] += count * amount

    def _column(self, name: str, group: Sequence[Said]) -> list[Any]:  # Any: a code, or a tuple of them
        """Of each response its answer to one question; None, or none, where it has none."""
        if name in self._several:
            return [(*codes, ANSWERED) if (codes := _answered(said, name)) else () for said in group]
        return [codes[0] if (codes := _answered(said, name)) else None for said in group]


def _answered(said: Said, name: str) -> list[str]:
    codes = said.codes.get(name)
    return codes if codes and codes[0] not in _UNSAID else []


def _each(codes: Any) -> tuple[str, ...]:  # Any: a code, None, or a tuple of codes
    if isinstance(codes, tuple):
        return codes
    return (codes,) if codes else ()


def _cells(change: Change, said: Said, sign: int) -> None:
    weight = said.weight
    plain = (sign, sign * weight, sign * weight * weight)
    for name, codes in said.codes.items():
        spread = _numbers(said.numbers.get(name), weight, sign)
        for code in codes if codes and codes[0] in _UNSAID else (*codes, ANSWERED):
            sums = change.cells[name, code]
            for place, amount in enumerate((*plain, *spread)):
                sums[place] += amount
    for question, found in said.terms.items():
        for term in found:
            change.terms[question, term] += sign


def _numbers(value: float | None, weight: float, sign: int) -> tuple[float, ...]:
    if value is None:
        return ()
    square = value * value
    return (sign * value, sign * square, sign * weight * value, sign * weight * square)
