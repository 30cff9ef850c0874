"""Small cells: what few people said is withheld from the public, and with it as much as it takes that nobody can
compute it back from totals (complementary suppression; Hundepool and others 2012, §4.2 and §5.3).

A table's totals are public, and so are its zeros: whoever attacks it knows that each withheld cell holds at least one.
"""

from collections.abc import Iterable, Sequence

K = 10
"""People whom a public figure stands for at least."""

Cell = tuple[int, int]  # row and column


def small(count: int) -> bool:
    """Whether so few people said it that it is not told."""
    return 0 < count < K


def hidden_in_line(counts: Sequence[int], also: Iterable[int] = ()) -> frozenset[int]:
    """Places that are withheld from counts whose sum is public: small ones, those of `also`, and the next larger until
    at least two are withheld that are K people together. All, where there are not enough."""
    hidden = {place for place, count in enumerate(counts) if small(count)} | set(also)
    while hidden and not _covered([counts[place] for place in hidden]):
        candidates = [place for place, count in enumerate(counts) if count and place not in hidden]
        if not candidates:
            break
        hidden.add(min(candidates, key=lambda place: (counts[place], place)))
    return frozenset(hidden)


def hidden_in_table(table: Sequence[Sequence[int]]) -> frozenset[Cell] | None:
    """Cells that are withheld from a table whose row and column sums are public. None where no choice of cells keeps
    the small ones secret: then the whole table is withheld."""
    hidden = {(i, j) for i, row in enumerate(table) for j, count in enumerate(row) if small(count)}
    while (line := _weak_line(table, hidden)) is not None:
        told = [(i, j) for i, j in line if (i, j) not in hidden and table[i][j]]
        if not told:
            return None
        hidden.add(min(told, key=lambda cell: (_lonely(hidden, cell), table[cell[0]][cell[1]], cell)))
    return frozenset(hidden)


def _lonely(hidden: set[Cell], cell: Cell) -> bool:
    """Whether its row or its column hides nothing yet: withholding it would open a line that needs another one."""
    return all(i != cell[0] for i, _ in hidden) or all(j != cell[1] for _, j in hidden)


def _weak_line(table: Sequence[Sequence[int]], hidden: set[Cell]) -> list[Cell] | None:
    """A row or column that hides too little, else the row and column of a cell of which only one value fits the sums;
    None where nothing can be computed back."""
    width, height = range(len(table[0]) if table else 0), range(len(table))
    rows = {i: [(i, j) for j in width if (i, j) in hidden] for i in height}
    columns = {j: [(i, j) for i in height if (i, j) in hidden] for j in width}
    for i, its in rows.items():
        if its and not _covered([table[i][j] for _, j in its]):
            return [(i, j) for j in width]
    for j, its in columns.items():
        if its and not _covered([table[i][j] for i, _ in its]):
            return [(i, j) for i in height]
    for cell in sorted(hidden):
        if not _can_move(table, rows, columns, cell):
            return [(cell[0], j) for j in width] + [(i, cell[1]) for i in height]
    return None


def _covered(counts: Sequence[int]) -> bool:
    return len(counts) > 1 and sum(counts) >= K


def _can_move(
    table: Sequence[Sequence[int]], rows: dict[int, list[Cell]], columns: dict[int, list[Cell]], cell: Cell
) -> bool:
    """Whether another table with the same sums holds another number here. One person moved around a ring of withheld
    cells keeps all sums: some cells of the ring gain one, those that lose one must hold two."""
    return _ring(table, rows, columns, cell, gains=True) or (
        table[cell[0]][cell[1]] > 1 and _ring(table, rows, columns, cell, gains=False)
    )


def _ring(
    table: Sequence[Sequence[int]],
    rows: dict[int, list[Cell]],
    columns: dict[int, list[Cell]],
    cell: Cell,
    *,
    gains: bool,
) -> bool:
    """Walk from the cell along its row, then a column, then a row…; back in its column, the ring is closed."""
    reached, waiting = {cell}, [cell]
    along_row = True
    while waiting:
        following = []
        for i, j in waiting:
            for step in rows[i] if along_row else columns[j]:
                loses = along_row == gains
                if step in reached or (loses and table[step[0]][step[1]] < 2):
                    continue
                if along_row and step[1] == cell[1]:
                    return True
                reached.add(step)
                following.append(step)
        waiting, along_row = following, not along_row
    return False
