"""Which block of a new text is which of the old one, where nothing but the words tells."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from engagement.documents.text import Block, Blocks, Piece, made

ALIKE = 0.6  # Jaccard of shingles from which two blocks are taken for one
_SHINGLE = 3  # words
_COMMON = 40  # a shingle in more blocks than this says nothing about which they are


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every three words in a row, folded; shorter texts are one shingle."""
    words = text.casefold().split()
    if len(words) < _SHINGLE:
        return frozenset({tuple(words)}) if words else frozenset()
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def similarity(one: str, other: str) -> float:
    """Jaccard of their shingles: 1 is the same words, 0 nothing in common."""
    return _jaccard(shingles(one), shingles(other))


def aligned(old: Sequence[Block], new: Sequence[Block]) -> dict[UUID, UUID]:
    """`{old id: new id}` of blocks that are alike, in the same order on both sides: where two pairs cross, the choice
    is the one that keeps most likeness. What is left and stands once on both sides, word for word, was moved."""
    pairs = {old[left].id: new[right].id for left, right in _in_order(list(_alike(old, new)))}
    taken = set(pairs.values())
    before = _once([each for each in old if each.id not in pairs])
    after = _once([each for each in new if each.id not in taken])
    return pairs | {block_id: after[text] for text, block_id in before.items() if text in after}


def recognised(old: Blocks, pieces: Sequence[Piece]) -> Blocks:
    """A text that was brought in, its blocks under the ids of those that they are alike to. Raises TextTooLarge."""
    new = made(pieces)
    known = {there: here for here, there in aligned(old, new).items()}
    return tuple(replace(each, id=known.get(each.id, each.id)) for each in new)


def _once(blocks: Sequence[Block]) -> dict[str, UUID]:
    times = Counter(each.text for each in blocks)
    return {each.text: each.id for each in blocks if times[each.text] == 1}


def _alike(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[int, int, float]]:
    """Pairs of places with their likeness. Only blocks that share a shingle which is not everywhere are compared."""
    after = [shingles(each.text) for each in new]
    where: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, found in enumerate(after):
        for shingle in found:
            where[shingle].append(place)
    for left, block in enumerate(old):
        before = shingles(block.text)
        near = {place for shingle in before if len(where[shingle]) <= _COMMON for place in where[shingle]}
        for right in sorted(near):
            if (likeness := _jaccard(before, after[right])) >= ALIKE:
                yield left, right, likeness


def _in_order(pairs: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The heaviest chain of pairs that rises on both sides (a frontier of the best chain to each place)."""
    ends: list[int] = []  # places on the new side, rising
    best: list[tuple[float, int]] = []  # weight of the best chain that ends at or before each, rising; its last link
    links: list[tuple[int, int, int]] = []  # old place, new place, link before (-1 for none)
    for left, group in _by_old_place(pairs):
        found = []
        for right, likeness in group:
            at = bisect_left(ends, right) - 1
            weight, before = best[at] if at >= 0 else (0.0, -1)
            links.append((left, right, before))
            found.append((right, weight + likeness, len(links) - 1))
        for right, weight, link in found:
            _keep(ends, best, right, (weight, link))
    chain: list[tuple[int, int]] = []
    link = best[-1][1] if best else -1
    while link >= 0:
        left, right, link = links[link]
        chain.append((left, right))
    return chain[::-1]


def _by_old_place(pairs: Sequence[tuple[int, int, float]]) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    groups: dict[int, list[tuple[int, float]]] = {}
    for left, right, likeness in pairs:
        groups.setdefault(left, []).append((right, likeness))
    yield from sorted(groups.items())


def _keep(ends: list[int], best: list[tuple[float, int]], right: int, chain: tuple[float, int]) -> None:
    """Put a chain on the frontier, and take off those that end later and weigh no more."""
    at = bisect_left(ends, right + 1)
    if at and best[at - 1][0] >= chain[0]:
        return
    ends.insert(at, right)
    best.insert(at, chain)
    while at + 1 < len(ends) and best[at + 1][0] <= chain[0]:
        del ends[at + 1], best[at + 1]


def _jaccard(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
