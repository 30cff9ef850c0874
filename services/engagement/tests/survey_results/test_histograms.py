"""Bars of round widths that hold every number once, and no fewer people than they may."""

import random

import pytest

from engagement.survey_results.histograms import histogram
from engagement.survey_results.model import Sums


def given(numbers: list[float]) -> tuple[list[tuple[float, Sums]], Sums]:
    counted = [
        (value, Sums(numbers.count(value), numbers.count(value), numbers.count(value))) for value in set(numbers)
    ]
    return sorted(counted), Sums(len(numbers), len(numbers), len(numbers))


@pytest.mark.parametrize(
    ("numbers", "edges"),
    [
        ([5.0], [(5, 6)]),
        ([1.0, 2.0, 3.0], [(1, 2), (2, 3), (3, 4)]),
        ([0.0, 100.0], [(each, each + 10) for each in range(0, 110, 10)]),
        ([-20.0, 20.0], [(each, each + 5) for each in range(-20, 25, 5)]),
    ],
)
def test_bars_have_round_edges(numbers: list[float], edges: list[tuple[float, float]]) -> None:
    assert [(bar.low, bar.high) for bar in histogram(*given(numbers), least=1)] == edges


@pytest.mark.parametrize("least", [1, 10])
@pytest.mark.parametrize("seed", range(8))
def test_every_number_stands_in_one_bar(seed: int, least: int) -> None:
    chance = random.Random(seed)
    numbers = [round(chance.uniform(-3, 3) ** 3, chance.choice([0, 1])) for _ in range(200)]

    bars = histogram(*given(numbers), least=least)

    assert sum(bar.plain.count for bar in bars) == 200
    assert all(bar.plain.count == 0 or bar.plain.count >= least for bar in bars)
    assert [bar.high for bar in bars[:-1]] == pytest.approx([bar.low for bar in bars[1:]])


def test_too_few_numbers_give_no_bars() -> None:
    assert histogram(*given([1.0, 5.0, 9.0]), least=10) == ()
    assert histogram([], Sums(), least=1) == ()
