"""What a list may be asked for."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

SIMILAR_FROM = 0.3
SIMILAR_SHOWN = 5


class Order(StrEnum):
    NEWEST = "newest"
    MOST_SUPPORTED = "most_supported"
    RANDOM = "random"


class Work(StrEnum):
    """What waits for an official."""

    TO_VERIFY = "to_verify"
    TO_DECIDE = "to_decide"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is asked for. `after` are the sort values of the last item shown; None begins."""

    limit: int
    order: Order = Order.NEWEST
    seed: int = 0
    category: str | None = None
    outcome: str | None = None
    search: str | None = None
    work: Work | None = None
    after: list[object] | None = None


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1: the share of trigrams in common (Dice), 1 for the same text."""
    left, right = _trigrams(one), _trigrams(other)
    if not left or not right:
        return SequenceMatcher(None, one, other).ratio()
    return 2 * len(left & right) / (len(left) + len(right))


def _trigrams(text: str) -> set[str]:
    padded = f"  {' '.join(text.casefold().split())} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
