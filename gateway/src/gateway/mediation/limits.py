"""How much a caller may ask: token buckets, and a gate for all calls together. Pure; time is handed in."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from chassis.errors import TooMany, Unavailable

_MOST_BUCKETS = 10_000


class TooManyRequests(TooMany):
    """The caller asks more often than it may."""


class Overloaded(Unavailable):
    """All places for calls are taken."""


class Buckets:
    """A bucket for each caller: `burst` calls at once, `per_second` in the long run."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()  # {caller: (calls left, as of)}

    def take(self, caller: str, now: float) -> None:
        """One call more at `now` seconds. Raises TooManyRequests."""
        left, since = self._levels.get(caller, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._per_second)
        if left < 1:
            self._levels[caller] = (left, now)
            raise TooManyRequests("Too many calls.", ceil((1 - left) / self._per_second))
        self._levels[caller] = (left - 1, now)
        self._levels.move_to_end(caller)
        if len(self._levels) > _MOST_BUCKETS:
            self._levels.popitem(last=False)  # idle longest, so most likely full


class Gate:
    """Places for calls at once."""

    def __init__(self, places: int) -> None:
        self._places = places
        self.taken = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place. Raises Overloaded."""
        if self.taken >= self._places:
            raise Overloaded("The mediator is busy.")
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1
