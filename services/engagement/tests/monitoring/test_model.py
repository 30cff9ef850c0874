"""KPI, each against figures worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest

from engagement.monitoring import model
from engagement.monitoring.model import Activity, Cell, Day, Window

OPENS = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
WINDOW = Window(OPENS, OPENS + 40 * DAY, target=100)


def activity(*cells: Cell, spread: dict[int, int] | None = None) -> Activity:
    return Activity(cells, (Day(date(2026, 6, 1), 1, 1),), spread or {})


def cell(number: int, kind: str = "comment", facet: str = "none", status: str = "counted") -> Cell:
    return Cell(kind, "web", 3, facet, status, number)


@pytest.mark.parametrize(
    ("spread", "share"),
    [
        ({}, None),
        ({1: 10}, 1 / 10),  # one of ten made one of ten
        ({1: 9, 11: 1}, 11 / 20),
        ({1: 15, 5: 5}, 10 / 40),  # two of twenty
        ({3: 1}, 1.0),
        ({1: 10, 9: 1}, (9 + 1) / 19),  # a tenth of eleven is two
    ],
)
def test_concentration_is_the_share_of_the_most_active_tenth(spread: dict[int, int], share: float | None) -> None:
    assert model.concentration(spread) == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("spread", "gini"),
    [({}, None), ({4: 7}, 0.0), ({1: 1, 3: 1}, 0.25), ({1: 2, 2: 1}, 1 / 6), ({1: 3, 97: 1}, 0.72)],
)
def test_gini_is_that_of_the_list_of_people(spread: dict[int, int], gini: float | None) -> None:
    people = sorted(number for number, actors in spread.items() for _ in range(actors))
    pairs = [abs(one - other) for one in people for other in people]
    by_definition = sum(pairs) / (2 * len(people) * sum(people)) if people else None

    assert model.gini(spread) == (None if gini is None else pytest.approx(gini))
    assert model.gini(spread) == (None if by_definition is None else pytest.approx(by_definition))


@pytest.mark.parametrize("histogram", [{}, {3: 1}, {1: 1, 2: 1}, {1: 2, 5: 1}, {0: 3, 10: 3}, {2: 5, 9: 4, 30: 1}])
def test_the_median_is_that_of_the_values(histogram: dict[int, int]) -> None:
    values = [value for value, number in histogram.items() for _ in range(number)]

    assert model.median(histogram) == (median(values) if values else None)


def test_only_what_counts_is_counted() -> None:
    seen = activity(cell(7), cell(2, status="hidden"), cell(1, status="invalidated"), cell(3, "proposal", ""))

    assert seen.contributions == 10
    assert seen.sums("kind") == {"comment": 7, "proposal": 3}
    assert model.integrity(seen) == pytest.approx(1 / 11)


def test_deliberation_is_answers_over_comments() -> None:
    assert model.deliberation(activity(cell(6), cell(2, facet="reply"), cell(5, "proposal", ""))) == pytest.approx(0.25)
    assert model.deliberation(activity(cell(5, "proposal", ""))) is None


@pytest.mark.parametrize(
    ("day", "participants", "told"),
    [
        (5, 0, []),  # before the first quarter nobody is asked
        (10, 12, ["behind 1/4"]),
        (10, 13, []),  # 25 are hoped for by now, half of them is enough
        (19, 20, ["behind 1/4"]),
        (20, 20, ["behind 1/2"]),
        (39, 40, ["behind 3/4"]),
        (39, 60, []),
        (40, 0, []),  # over
        (-1, 0, []),
    ],
)
def test_participation_is_behind_at_a_quarter_a_half_and_three_quarters(
    day: int, participants: int, told: list[str]
) -> None:
    at = OPENS + day * DAY

    assert [each.mark for each in model.alerts(WINDOW, participants, at, at)] == told


def test_without_a_target_nothing_is_behind() -> None:
    at = OPENS + 20 * DAY

    assert list(model.alerts(Window(OPENS, OPENS + 40 * DAY, None), 0, at, at)) == []


@pytest.mark.parametrize(("hours", "quiet"), [(71, False), (72, True), (200, True)])
def test_three_days_without_a_contribution_are_quiet(hours: int, quiet: bool) -> None:
    last = OPENS + 5 * DAY

    told = list(model.alerts(WINDOW, 1000, last, last + timedelta(hours=hours)))

    assert [each.reason for each in told] == (["quiet"] if quiet else [])


def test_a_process_that_nobody_came_to_is_quiet_three_days_after_it_opened() -> None:
    assert list(model.alerts(WINDOW, 0, None, OPENS + 2 * DAY)) == []
    (alert,) = model.alerts(WINDOW, 0, None, OPENS + 3 * DAY)
    assert alert.reason == "quiet"
