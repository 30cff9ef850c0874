"""Instants: aware, in UTC, the same in text and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chassis import clock
from chassis.clock import FixedClock

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_the_systems_time_is_aware() -> None:
    assert clock.system().tzinfo is UTC


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    fixed = FixedClock(NOON)
    first = fixed()
    fixed.move(hours=1, seconds=30)

    assert (first, fixed()) == (NOON, NOON + timedelta(hours=1, seconds=30))


@given(some.floats(0, 4e10).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_text_and_back_keeps_the_millisecond(at: datetime) -> None:
    assert clock.parse(clock.text(at)) == at.replace(microsecond=at.microsecond // 1000 * 1000)


def test_text_is_in_utc_with_milliseconds() -> None:
    nairobi = timezone(timedelta(hours=3))

    assert clock.text(datetime(2026, 11, 23, 11, tzinfo=nairobi)) == "2026-11-23T08:00:00.000Z"


def test_parse_gives_utc() -> None:
    assert clock.parse("2026-06-01T15:00:00+03:00") == NOON
    assert clock.parse("2026-06-01T15:00:00+03:00").tzinfo is UTC


@pytest.mark.parametrize("text", ["2026-06-01T12:00:00", "2026-06-01", "noon", ""])
def test_an_instant_without_a_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        clock.parse(text)
