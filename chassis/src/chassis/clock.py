"""Time. Only entry points ask the clock; everything below is handed `at`."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


class FixedClock:
    """A clock for tests: stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def __call__(self) -> datetime:
        return self._at

    def move(self, **by: float) -> None:
        """Forward (or back) by the named parts of a timedelta, for example `hours=1`."""
        self._at += timedelta(**by)


def parse(text: str) -> datetime:
    """An RFC 3339 instant, in UTC. Raises ValueError without a zone."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text} has no zone")
    return at.astimezone(UTC)


def text(at: datetime) -> str:
    """RFC 3339 in UTC, to the millisecond: `2026-11-23T08:00:00.000Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
