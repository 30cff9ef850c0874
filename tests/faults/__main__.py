"""`python -m tests.faults`: try all faults at full length in both shapes, and write what came of it into the README."""

import argparse
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from tests.faults.failpoints import PLAN
from tests.faults.matrix import (
    AT_FAILPOINTS,
    FAULTS,
    POWER_CUT,
    Fault,
    Outcome,
    suffer,
    suffer_at_failpoints,
    suffer_power_cut,
)
from tests.faults.world import EMBEDDED, SHAPES, world

_README = Path(__file__).with_name("README.md")
_FAULTS, _POINTS = "faults", "failpoints"
_HITS = (1, 2, 5)
_CUTS = 5

Tried = tuple[str, str, Fault, Outcome]  # shape, what exactly was done, the fault, what came of it


def main() -> int:
    """1 when a promise did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--shape", choices=SHAPES, action="append", help="only this one; the README stays as it is")
    parser.add_argument("--only", default="", help="only faults whose name holds this text; the README stays as it is")
    parser.add_argument("--quick", action="store_true", help="each fault for seconds, failpoints at their first hit")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="of what is left to chance")
    given = parser.parse_args()
    print(f"seed {given.seed}")
    tried: list[Tried] = []
    for shape in given.shape or SHAPES:
        for one in _all_of(shape, given.only, given.quick, given.seed):
            tried.append(one)
            print(" | ".join(_row(one)), one[3].findings or "", flush=True)
    if not (given.only or given.shape):
        _write(tried, f"{datetime.now(UTC).date()}, {'quick, ' if given.quick else ''}seed {given.seed}.")
    return 0 if all(outcome.held for *_, outcome in tried) else 1


def _all_of(shape: str, only: str, quick: bool, seed: int) -> Iterator[Tried]:
    wanted = [fault for fault in FAULTS if shape in fault.shapes and only in fault.name]
    points = only in AT_FAILPOINTS.name
    if wanted or points:
        with world(shape) as hurt:
            for hit in (_HITS[:1] if quick else _HITS) if points else ():
                done = f"{AT_FAILPOINTS.name}, the {hit}. time it comes by"
                yield shape, done, AT_FAILPOINTS, suffer_at_failpoints(hurt, hit)
            for fault in wanted:
                seconds = fault.quick if quick else fault.seconds
                yield shape, _lasting(fault.name, seconds), fault, suffer(hurt, fault, seconds, seed)
    if shape == EMBEDDED and only in POWER_CUT.name:
        for number in range(1 if quick else _CUTS):
            yield shape, f"{POWER_CUT.name} ({number + 1})", POWER_CUT, suffer_power_cut(seed + number)


def _lasting(name: str, seconds: float) -> str:
    return f"{name} ({seconds:.0f} s)" if seconds else name


def _write(tried: list[Tried], about: str) -> None:
    text = _README.read_text()
    head = [
        "| fault | shape | promise | held | ready after s | at rest after s |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    text = _between(text, _FAULTS, [about, "", *head, *(f"| {' | '.join(_row(one))} |" for one in tried)])
    _README.write_text(_between(text, _POINTS, _points(tried)))


def _row(one: Tried) -> list[str]:
    shape, done, fault, outcome = one
    held = "yes" if outcome.held else "**no**"
    return [done, shape, fault.promise, held, f"{outcome.ready:.1f}", f"{outcome.rest:.1f}"]


def _points(tried: list[Tried]) -> list[str]:
    """Recovery by failpoint, at its first hit."""
    first: dict[str, dict[str, float]] = {}
    for shape, _, fault, outcome in tried:
        if fault is AT_FAILPOINTS:
            first.setdefault(shape, outcome.recoveries)
    head = [
        f"| failpoint | dies | {' | '.join(f'ready after s, {shape}' for shape in SHAPES)} |",
        "| --- | --- | --- | --- |",
    ]
    return head + [
        f"| `{point}` | {process} | {' | '.join(_seconds(first.get(shape, {}).get(point)) for shape in SHAPES)} |"
        for process, points in PLAN.items()
        for point in points
    ]


def _seconds(value: float | None) -> str:
    return "never reached" if value is None else f"{value:.1f}"


def _between(text: str, marker: str, lines: list[str]) -> str:
    """The text with other lines between a marker's two comments."""
    start, end = f"<!-- {marker} -->\n", f"<!-- end of {marker} -->\n"
    before, _, rest = text.partition(start)
    _, _, after = rest.partition(end)
    return f"{before}{start}{chr(10).join(lines)}\n{end}{after}"


if __name__ == "__main__":
    sys.exit(main())
