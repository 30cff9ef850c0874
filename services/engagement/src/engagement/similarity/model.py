"""Sketches of titles, and how alike two titles are."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import blake2b

HASHES = 48  # more of them find more of what is alike, and cost more
_BITS = 48


class Outcome(StrEnum):
    """What a person did who was shown similar proposals."""

    SHOWN = "shown"
    SUPPORTED_INSTEAD = "supported_instead"
    CONTINUED = "continued"


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1: the share of trigrams in common (Dice), 1 for the same text."""
    left, right = trigrams(one), trigrams(other)
    if not left or not right:
        return SequenceMatcher(None, one, other).ratio()
    return 2 * len(left & right) / (len(left) + len(right))


def trigrams(text: str) -> set[str]:
    """Of the folded text with a beginning and an end."""
    padded = f"  {' '.join(text.casefold().split())} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def sketch(titles: Iterable[str]) -> set[int]:
    """The least hashes of each title, numbered by their hash function; all titles of one thing make one sketch."""
    found: set[int] = set()
    for title in titles:
        hashes = [int.from_bytes(blake2b(each.encode(), digest_size=16).digest()) for each in trigrams(title)]
        for number in range(HASHES):
            found.add(number << _BITS | min(_nth(number, each) for each in hashes))
    return found


def _nth(number: int, value: int) -> int:
    """One of a family of hash functions, made of the two halves of one hash (Kirsch and Mitzenmacher, 2006)."""
    first, second = value >> 64, value & (1 << 64) - 1
    return (first + number * second) * 0x9E3779B97F4A7C15 % (1 << 64) >> (64 - _BITS)
