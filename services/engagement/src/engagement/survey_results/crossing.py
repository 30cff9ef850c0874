"""Cross tables: how the answers to one closed question spread over those to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from engagement.statistics.association import associated
from engagement.statistics.disclosure import Cell, K, hidden_in_line, hidden_in_table, small
from engagement.statistics.estimates import effective
from engagement.survey_results.distributions import Cells, codes, hidden_codes
from engagement.survey_results.model import NONE, Audience, CrossCell, CrossTable, Line, Sums
from engagement.survey_results.shares import together
from engagement.survey_tally.model import ANSWERED, Measure, Variable

Pairs = Mapping[tuple[str, str], Sums]  # {(first code, second code): sums}


@dataclass(frozen=True, slots=True)
class Side:
    """A question of the table, with its own figures."""

    variable: Variable
    cells: Cells

    @property
    def several(self) -> bool:
        """Whether one response may stand in several of its lines."""
        return self.variable.measure is Measure.CHOICES

    @property
    def codes(self) -> tuple[str, ...]:
        return codes(self.variable, self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """Sums by row and column, where lines may hold several codes. A base is who answered the other question too."""

    rows: list[tuple[str, ...]]
    columns: list[tuple[str, ...]]
    cells: list[list[Sums]]
    row_bases: list[Sums]
    column_bases: list[Sums]
    base: Sums

    def counts(self) -> list[list[int]]:
        return [[each.n for each in row] for row in self.cells]


def crossed(survey_id: UUID, first: Side, second: Side, pairs: Pairs, audience: Audience) -> CrossTable:
    """As this audience may see it. The public sees lines of few people together, and no cell that few people make or
    that gives one away."""
    grid = _grid(first, second, pairs, [(code,) for code in first.codes], [(code,) for code in second.codes])
    hidden: frozenset[Cell] = frozenset()
    if audience is Audience.PUBLIC:
        rows = _told_lines(first, [each.n for each in grid.row_bases], grid.base.n)
        columns = _told_lines(second, [each.n for each in grid.column_bases], grid.base.n)
        grid = _grid(first, second, pairs, rows, columns)
        hidden = _hidden(grid, first.several, second.several)
    one_way = not (first.several or second.several or hidden)
    return CrossTable(
        survey_id=survey_id,
        first=first.variable.name,
        second=second.variable.name,
        audience=audience,
        answered=grid.base.n,
        rows=_lines(grid.rows, grid.row_bases),
        columns=_lines(grid.columns, grid.column_bases),
        cells=tuple(
            tuple(None if (i, j) in hidden else _cell(sums, grid.column_bases[j]) for j, sums in enumerate(row))
            for i, row in enumerate(grid.cells)
        ),
        plain=associated(grid.counts()) if one_way else None,
        weighted=associated(
            [[each.weight for each in row] for row in grid.cells], effective(grid.base.weight, grid.base.weight_squares)
        )
        if one_way
        else None,
    )


def _grid(first: Side, second: Side, pairs: Pairs, rows: list[tuple[str, ...]], columns: list[tuple[str, ...]]) -> Grid:
    every_row = (ANSWERED,) if first.several else first.codes
    every_column = (ANSWERED,) if second.several else second.codes

    def sums(its: Sequence[str], other: Sequence[str]) -> Sums:
        return together([pairs.get((a, b), NONE) for a in its for b in other])

    return Grid(
        rows=rows,
        columns=columns,
        cells=[[sums(row, column) for column in columns] for row in rows],
        row_bases=[sums(row, every_column) for row in rows],
        column_bases=[sums(every_row, column) for column in columns],
        base=sums(every_row, every_column),
    )


def _told_lines(side: Side, counts: Sequence[int], answered: int) -> list[tuple[str, ...]]:
    """Codes that stand alone, then those that stand together. They are the ones that the question's own figures
    withhold, and those that few people gave of all who answered both questions: so no table tells what another one
    withholds. None where too few answered both."""
    if answered < K:
        return []
    withheld = hidden_codes(side.variable, side.cells)
    if side.several:
        return [
            (code,)
            for code, count in zip(side.codes, counts, strict=True)
            if code not in withheld and not small(count) and not small(answered - count)
        ]
    places = hidden_in_line(counts, (place for place, code in enumerate(side.codes) if code in withheld))
    alone: list[tuple[str, ...]] = [(code,) for place, code in enumerate(side.codes) if place not in places]
    return [*alone, tuple(side.codes[place] for place in sorted(places))] if places else alone


def _hidden(grid: Grid, several_rows: bool, several_columns: bool) -> frozenset[Cell]:
    """What is withheld. Options that may be ticked together are each a table of their own: ticked, and not."""
    height, width, counts = range(len(grid.rows)), range(len(grid.columns)), grid.counts()
    everything = frozenset((i, j) for i in height for j in width)
    if not everything:
        return everything
    if not several_rows and not several_columns:
        found = hidden_in_table(counts)
        return everything if found is None else found
    if several_rows and several_columns:
        return frozenset((i, j) for i, j in everything if any(map(small, _fourfold(grid, i, j))))
    if several_rows:
        bases = [each.n for each in grid.column_bases]
        return frozenset((i, j) for i in height for j in _hidden_choice(counts[i], bases))
    bases = [each.n for each in grid.row_bases]
    columns = [list(column) for column in zip(*counts, strict=True)]
    return frozenset((i, j) for j in width for i in _hidden_choice(columns[j], bases))


def _hidden_choice(ticked: Sequence[int], answered: Sequence[int]) -> frozenset[int]:
    rest = [base - count for base, count in zip(answered, ticked, strict=True)]
    found = hidden_in_table([ticked, rest])
    return frozenset(range(len(ticked))) if found is None else frozenset(j for _, j in found)


def _fourfold(grid: Grid, i: int, j: int) -> tuple[int, int, int, int]:
    """Both ticked, one of them, the other, none."""
    both, row, column = grid.cells[i][j].n, grid.row_bases[i].n, grid.column_bases[j].n
    return both, row - both, column - both, grid.base.n - row - column + both


def _cell(of: Sums, base: Sums) -> CrossCell:
    share = of.n / base.n if base.n else 0.0
    return CrossCell(of.n, share, of.weight, of.weight / base.weight if base.weight > 0 else 0.0)


def _lines(named: Sequence[tuple[str, ...]], bases: Sequence[Sums]) -> tuple[Line, ...]:
    return tuple(
        Line(codes, base.n, base.weight, effective(base.weight, base.weight_squares))
        for codes, base in zip(named, bases, strict=True)
    )
