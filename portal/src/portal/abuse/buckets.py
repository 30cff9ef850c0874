"""Token buckets: so many attempts at once, so many in the long run. Pure; time is handed in."""

from collections import OrderedDict

_MOST = 20_000


class Buckets:
    """One for each network: `burst` attempts at once, one more every `seconds_each`."""

    def __init__(self, burst: int, seconds_each: float) -> None:
        self._burst, self._seconds_each = float(burst), seconds_each
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()  # {network: (attempts left, as of)}

    def take(self, network: str, now: float) -> float:
        """One attempt more at `now` seconds; how many are left, less than zero when it was one too many."""
        left, since = self._levels.get(network, (self._burst, now))
        left = min(self._burst, left + (now - since) / self._seconds_each) - 1
        self._levels[network] = (max(left, 0.0), now)
        self._levels.move_to_end(network)
        if len(self._levels) > _MOST:
            self._levels.popitem(last=False)  # idle longest, so most likely full
        return left

    def is_worn(self, left: float) -> bool:
        """Whether most attempts of a network are spent."""
        return left < self._burst / 2
