"""KPI of a process, each one formula over running figures. A participant is an actor with at least one contribution
that counts; what an office entered counts as a contribution and makes nobody a participant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from engagement.contributions import Status
from engagement.processes.model import Process

TOP_SHARE = Fraction(1, 10)
CHECKPOINTS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))
QUIET = timedelta(hours=72)
OFFICE = "office:"  # how the actor keys of offices begin


@dataclass(frozen=True, slots=True)
class Cell:
    """So many contributions of one kind, channel, ladder step, facet ("" without one) and status."""

    kind: str
    channel: str
    ladder_step: int
    facet: str
    status: str
    number: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day, in UTC: contributions that count, and actors whose first it was."""

    day: date
    contributions: int
    newcomers: int


@dataclass(frozen=True, slots=True)
class Activity:
    """The running figures of a process. `spread` is `{contributions: how many actors have so many}`."""

    cells: tuple[Cell, ...]
    days: tuple[Day, ...]
    spread: Mapping[int, int]

    @property
    def participants(self) -> int:
        return sum(self.spread.values())

    @property
    def contributions(self) -> int:
        """Those that count."""
        return sum(cell.number for cell in self.counted())

    def counted(self, kind: str | None = None) -> list[Cell]:
        return [cell for cell in self.cells if cell.status == Status.COUNTED and kind in (None, cell.kind)]

    def sums(self, of: str) -> dict[str, int]:
        """What counts, summed by a field of the cells, most first."""
        sums: dict[str, int] = {}
        for cell in self.counted():
            name = str(getattr(cell, of))
            sums[name] = sums.get(name, 0) + cell.number
        return dict(sorted(sums.items(), key=lambda each: (-each[1], each[0])))

    def facets(self, kind: str) -> dict[str, int]:
        """What counts of one kind, by facet."""
        found: dict[str, int] = {}
        for cell in self.counted(kind):
            found[cell.facet] = found.get(cell.facet, 0) + cell.number
        return found


def share(part: float, whole: float | None) -> float | None:
    """None where there is nothing to share."""
    return part / whole if whole else None


def integrity(activity: Activity) -> float | None:
    """Invalidated over invalidated and counted."""
    invalidated = sum(cell.number for cell in activity.cells if cell.status == Status.INVALIDATED)
    return share(invalidated, invalidated + activity.contributions)


def deliberation(activity: Activity) -> float | None:
    """Answers to comments over comments."""
    facets = activity.facets("comment")
    return share(facets.get("reply", 0), sum(facets.values()))


def concentration(spread: Mapping[int, int]) -> float | None:
    """Share of the contributions that the most active tenth of the participants made, a part of a person rounded up."""
    left = ceil(sum(spread.values()) * TOP_SHARE)
    made = 0
    for number in sorted(spread, reverse=True):
        taken = min(left, spread[number])
        made, left = made + taken * number, left - taken
    return share(made, sum(number * actors for number, actors in spread.items()))


def gini(spread: Mapping[int, int]) -> float | None:
    """Gini coefficient of contributions among participants: 0 when all made as many, near 1 when one made all."""
    people = sum(spread.values())
    total = sum(number * actors for number, actors in spread.items())
    if not total:
        return None
    ranked = before = 0
    for number in sorted(spread):
        actors = spread[number]
        ranked += number * (actors * before + actors * (actors + 1) // 2)  # the sum of rank times contributions
        before += actors
    return 2 * ranked / (people * total) - (people + 1) / people


def median(histogram: Mapping[int, int]) -> float | None:
    """Of `{value: how often}`; between the two middle values where they differ."""
    count = sum(histogram.values())
    if not count:
        return None
    middle = [_at(histogram, (count - 1) // 2), _at(histogram, count // 2)]
    return sum(middle) / 2


def _at(histogram: Mapping[int, int], place: int) -> int:
    for value in sorted(histogram):
        if place < histogram[value]:
            return value
        place -= histogram[value]
    raise IndexError(place)


@dataclass(frozen=True, slots=True)
class Window:
    """The time in which a process takes contributions, and how many people it hopes for."""

    opens_at: datetime
    closes_at: datetime
    target: int | None

    def elapsed(self, at: datetime) -> Fraction:
        """The share that has passed, 0 to 1."""
        whole = (self.closes_at - self.opens_at) / timedelta(microseconds=1)
        passed = (min(max(at, self.opens_at), self.closes_at) - self.opens_at) / timedelta(microseconds=1)
        return Fraction(int(passed), int(whole)) if whole else Fraction(1)


class Low:
    """Why participation is low."""

    BEHIND = "behind"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Alert:
    """Participation is low: `behind` its target at a quarter, half or three quarters of the time, or `quiet`. `mark`
    names the occasion, so that each is told once."""

    reason: str
    mark: str
    participants: int
    expected: int | None = None


def alerts(window: Window, participants: int, last_at: datetime | None, at: datetime) -> Iterable[Alert]:
    """What is low at this instant: fewer than half of what the target asks by now at the last checkpoint that has
    passed, or no contribution for three days."""
    if not window.opens_at <= at < window.closes_at:
        return
    elapsed = window.elapsed(at)
    passed = [each for each in CHECKPOINTS if each <= elapsed]
    if window.target and passed and participants < window.target * elapsed / 2:
        yield Alert(Low.BEHIND, f"{Low.BEHIND} {passed[-1]}", participants, ceil(window.target * elapsed))
    since = max(last_at, window.opens_at) if last_at else window.opens_at
    if at - since >= QUIET:
        yield Alert(Low.QUIET, f"{Low.QUIET} since {since.isoformat()}", participants)


@dataclass(frozen=True, slots=True)
class Overview:
    """A process with its running figures, its answers as `{(days, in time): how many}` and what was told of it."""

    process: Process
    activity: Activity
    answers: dict[tuple[int, bool], int]
    alerts: list[tuple[Alert, datetime]]
