"""Nobody computes back what few people said."""

import random
from itertools import product

import pytest

from engagement.statistics.disclosure import K, hidden_in_line, hidden_in_table


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([50, 60], set()),
        ([50, 0, 60], set()),
        ([50, 9, 60], {0, 1}),
        ([50, 1, 9], {1, 2}),
        ([50, 1, 2], {0, 1, 2}),
        ([9], {0}),
        ([0, 0], set()),
        ([], set()),
    ],
)
def test_a_line_hides_small_counts_and_what_gives_them_away(counts: list[int], hidden: set[int]) -> None:
    assert hidden_in_line(counts) == hidden


def test_a_table_without_small_cells_is_told_whole() -> None:
    assert hidden_in_table([[10, 0, 25], [40, 31, 12]]) == frozenset()


def test_one_small_cell_takes_three_others_with_it() -> None:
    hidden = hidden_in_table([[3, 60, 70], [30, 50, 80], [20, 90, 40]])

    assert hidden == frozenset({(0, 0), (0, 1), (2, 0), (2, 1)})


def test_a_table_in_which_nothing_can_be_kept_secret_is_withheld() -> None:
    assert hidden_in_table([[5, 12, 0], [0, 0, 30], [7, 0, 40]]) is None


@pytest.mark.parametrize("seed", range(60))
def test_every_withheld_cell_could_hold_another_number(seed: int) -> None:
    """An attacker tries all tables with the public sums, the told cells and at least one in each withheld cell."""
    chance = random.Random(seed)
    height, width = chance.choice([(2, 2), (2, 3), (3, 3)])
    table = [[chance.choice([0, 1, 2, 4, 9, 11, 15]) for _ in range(width)] for _ in range(height)]

    hidden = hidden_in_table(table)

    if hidden is None:
        return
    assert {(i, j) for i, j in product(range(height), range(width)) if 0 < table[i][j] < K} <= hidden
    for cell in hidden:
        assert any(_fits(table, hidden, cell, table[cell[0]][cell[1]] + by) for by in (-1, 1)), (table, hidden, cell)


def _fits(table: list[list[int]], hidden: frozenset[tuple[int, int]], cell: tuple[int, int], value: int) -> bool:
    """Whether some table with these sums holds this number in the cell."""
    rows = {i: sum(table[i][j] for a, j in hidden if a == i) for i, _ in hidden}
    columns = {j: sum(table[i][j] for i, b in hidden if b == j) for _, j in hidden}
    cells = sorted(hidden, key=lambda each: each != cell)

    def fill(place: int) -> bool:
        if place == len(cells):
            return not any(rows.values()) and not any(columns.values())
        i, j = cells[place]
        most = min(rows[i], columns[j])
        for tried in [value] if place == 0 else range(1, most + 1):
            if not 1 <= tried <= most:
                continue
            rows[i] -= tried
            columns[j] -= tried
            found = fill(place + 1)
            rows[i] += tried
            columns[j] += tried
            if found:
                return True
        return False

    return fill(0)
