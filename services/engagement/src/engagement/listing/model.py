"""What a list may be asked for."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

SIMILAR_FROM = 0.3
SIMILAR_SHOWN = 5
PRIME = 2147483647


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
    """A page that is asked for. `after` is the place of the last item shown, by instant or by number; None begins."""

    limit: int
    order: Order = Order.NEWEST
    seed: int = 0
    category: str | None = None
    outcome: str | None = None
    search: str | None = None
    work: Work | None = None
    after: tuple[datetime | int, UUID] | None = None


def shuffled(number: int, seed: int) -> int:
    """A proposal's place in the random order of a seed; the same query in SQL is `store`'s."""
    factor, offset = spread(seed)
    value = (number * factor + offset) % PRIME
    return value * value % PRIME


def spread(seed: int) -> tuple[int, int]:
    """Factor and offset that scatter numbers; 64 bits hold all products for a million proposals."""
    return 1 + (seed * 48271 + 1103515245) % (PRIME - 1), (seed * 69621 + 12345) % PRIME


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1: the share of trigrams in common (Dice), 1 for the same text."""
    left, right = _trigrams(one), _trigrams(other)
    if not left or not right:
        return SequenceMatcher(None, one, other).ratio()
    return 2 * len(left & right) / (len(left) + len(right))


def _trigrams(text: str) -> set[str]:
    padded = f"  {' '.join(text.casefold().split())} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
