"""What a list may be asked for."""

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

SIMILAR_FROM = 0.3
SIMILAR_SHOWN = 5
PRIME = 2147483647
MILLION = 1_000_000
Z = 1.96


class Order(StrEnum):
    NEWEST = "newest"
    MOST_SUPPORTED = "most_supported"
    BEST = "best"
    RANDOM = "random"


BY_SUPPORT = frozenset({Order.MOST_SUPPORTED, Order.BEST})


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


def wilson(favourable: int, others: int) -> int:
    """How surely people are in favour, in millionths: the lower end of the 95 % interval of Wilson (1927) for the share
    in favour. Few voices are unsure, so three of three stand behind ninety of a hundred. `store` has it in SQL."""
    heard = favourable + others
    if not heard:
        return 0
    share, square = favourable / heard, Z * Z
    low = share + square / (2 * heard) - Z * math.sqrt((share * (1 - share) + square / (4 * heard)) / heard)
    return math.floor(MILLION * low / (1 + square / heard))


def spread(seed: int) -> tuple[int, int]:
    """Factor and offset that scatter numbers; 64 bits hold all products for a million proposals."""
    return 1 + (seed * 48271 + 1103515245) % (PRIME - 1), (seed * 69621 + 12345) % PRIME
