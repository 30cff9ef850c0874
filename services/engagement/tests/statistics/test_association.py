"""Against the tables of the χ² distribution, and examples worked by hand."""

import math

import pytest

from engagement.statistics.association import associated, tail, upper_gamma


@pytest.mark.parametrize(
    ("degrees", "statistic", "p"),
    [
        (1, 3.841459, 0.05),
        (1, 6.634897, 0.01),
        (2, 5.991465, 0.05),
        (5, 11.070498, 0.05),
        (10, 18.307038, 0.05),
        (10, 29.588298, 0.001),
        (30, 43.772972, 0.05),
        (100, 124.342113, 0.05),
        (4, 0.710723, 0.95),
        (3, 0.0, 1.0),
    ],
)
def test_the_tail_is_that_of_the_tables(degrees: int, statistic: float, p: float) -> None:
    assert tail(statistic, degrees) == pytest.approx(p, abs=1e-7)


@pytest.mark.parametrize("x", [0.01, 0.5, 1.0, 2.0, 2.5, 10.0, 40.0])
def test_both_roads_to_the_gamma_function_agree_with_what_is_known(x: float) -> None:
    assert upper_gamma(1.0, x) == pytest.approx(math.exp(-x), rel=1e-12)
    assert upper_gamma(2.0, x) == pytest.approx((1 + x) * math.exp(-x), rel=1e-12)
    assert upper_gamma(0.5, x) == pytest.approx(math.erfc(math.sqrt(x)), rel=1e-9)


def test_a_table_worked_by_hand() -> None:
    found = associated([[20, 30], [30, 20]])

    assert found is not None
    assert found.chi_squared == pytest.approx(4.0)
    assert found.degrees == 1
    assert found.p == pytest.approx(0.0455, abs=1e-4)
    assert found.cramers_v == pytest.approx(0.2)
    assert found.reliable


def test_what_hangs_together_wholly_has_the_measure_one() -> None:
    found = associated([[40, 0, 0], [0, 30, 0], [0, 0, 50]])

    assert found is not None
    assert found.cramers_v == pytest.approx(1.0)
    assert found.p < 1e-30


def test_empty_lines_do_not_count_and_one_line_says_nothing() -> None:
    with_zeros = associated([[20, 0, 30], [0, 0, 0], [30, 0, 20]])

    assert with_zeros == associated([[20, 30], [30, 20]])
    assert associated([[20, 30], [0, 0]]) is None
    assert associated([[20, 0], [30, 0]]) is None
    assert associated([]) is None


def test_few_expected_answers_make_it_a_hint() -> None:
    found = associated([[3, 1], [1, 30]])

    assert found is not None and not found.reliable


def test_a_weighted_table_weighs_what_its_effective_answers_do() -> None:
    counted, weighted = associated([[20, 30], [30, 20]]), associated([[40, 60], [60, 40]], count=100)

    assert counted is not None and weighted is not None
    assert weighted.chi_squared == pytest.approx(counted.chi_squared)
    assert weighted.cramers_v == pytest.approx(counted.cramers_v)
    assert associated([[20, 30], [30, 20]], count=50).chi_squared == pytest.approx(2.0)  # type: ignore[union-attr]
