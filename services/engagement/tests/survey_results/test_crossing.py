"""What the public sees of a cross table."""

import random
from uuid import UUID

import pytest

from engagement.statistics.disclosure import K
from engagement.survey_results.crossing import Side, crossed
from engagement.survey_results.distributions import distribution
from engagement.survey_results.model import Audience, Sums
from engagement.survey_tally.model import ANSWERED, Measure, Variable

_ID = UUID(int=1)


def sides(table: list[list[int]]) -> tuple[Side, Side, dict[tuple[str, str], Sums]]:
    """Two questions that everybody answered, as their running cells would be."""
    rows, columns = [f"r{i}" for i in range(len(table))], [f"c{j}" for j in range(len(table[0]))]
    total = sum(map(sum, table))

    def side(name: str, codes: list[str], counts: list[int]) -> Side:
        cells = {code: sums(count) for code, count in zip(codes, counts, strict=True)} | {ANSWERED: sums(total)}
        return Side(Variable(name, Measure.CHOICE, name, codes=tuple(codes)), cells)

    pairs = {(rows[i], columns[j]): sums(n) for i, row in enumerate(table) for j, n in enumerate(row)}
    by_column = [sum(column) for column in zip(*table, strict=True)]
    return side("first", rows, list(map(sum, table))), side("second", columns, by_column), pairs


def sums(count: int) -> Sums:
    return Sums(count, count * 1.5, count * 2.25)


@pytest.mark.parametrize("seed", range(40))
def test_the_public_is_told_no_small_number(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randint(2, 5), chance.randint(2, 5)
    table = [[chance.choice([0, 1, 5, 9, 12, 30, 80]) for _ in range(size[1])] for _ in range(size[0])]
    first, second, pairs = sides(table)

    found = crossed(_ID, first, second, pairs, Audience.PUBLIC)

    for line in (*found.rows, *found.columns):
        assert line.n == 0 or line.n >= K
    told = [cell.n for row in found.cells for cell in row if cell]
    assert all(n == 0 or n >= K for n in told)
    assert found.plain is None or len(told) == len(found.rows) * len(found.columns)


@pytest.mark.parametrize("seed", range(40))
def test_no_table_tells_what_the_question_s_own_figures_withhold(seed: int) -> None:
    chance = random.Random(seed)
    table = [[chance.choice([0, 3, 8, 15, 40]) for _ in range(3)] for _ in range(4)]
    first, second, pairs = sides(table)

    found = crossed(_ID, first, second, pairs, Audience.PUBLIC)

    own = distribution(first.variable, first.cells, Audience.PUBLIC)
    withheld = {answer.code for answer in own.answers if answer.plain is None}
    assert all(len(line.codes) > 1 for line in found.rows if withheld & set(line.codes))


def test_weights_change_shares_and_not_what_is_withheld() -> None:
    first, second, pairs = sides([[40, 20], [10, 30]])
    heavy = {key: Sums(of.n, of.n * (3.0 if key[1] == "c0" else 1.0), of.n * 9.0) for key, of in pairs.items()}

    plain, weighted = (crossed(_ID, first, second, each, Audience.PUBLIC) for each in (pairs, heavy))

    assert [[cell and cell.n for cell in row] for row in weighted.cells] == [[40, 20], [10, 30]]
    assert weighted.plain == plain.plain
    assert weighted.weighted is not None and plain.weighted is not None
    assert weighted.weighted.chi_squared != plain.weighted.chi_squared
