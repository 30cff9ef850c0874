"""What changed between two texts, word by word, in any script."""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby, pairwise

_TABLE = 40_000  # cells of the largest table that is filled; a larger gap without a word of its own is replaced whole
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")  # words without spaces between them
_JOINERS = "\u200c\u200d"
Span = tuple[int, int, int, int]  # from, to in the old words; from, to in the new ones
Pair = tuple[int, int]  # places of one word in both


class Op(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


Piece = tuple[Op, str]


def diff(old: str, new: str) -> list[Piece]:
    """Pieces in reading order: those that are no insert give the old text, those that are no delete the new one. What
    was deleted stands before what was inserted in its place."""
    before, after = words(old), words(new)
    return list(_joined(_readable(_pieces(before, after, _common(before, after)))))


def words(text: str) -> list[str]:
    """Words, spaces and single signs; joined they give the text. A mark stays with the letter that it stands on."""
    found: list[str] = []
    last = ""
    for sign in text:
        kind = _kind(sign)
        if found and (kind == "mark" or (kind == last and kind != "single")):
            found[-1] += sign
        else:
            found.append(sign)
            last = "word" if kind == "mark" else kind
    return found


def _kind(sign: str) -> str:
    if sign.isspace():
        return "space"
    if sign in _JOINERS or unicodedata.category(sign).startswith("M"):
        return "mark"
    if not sign.isalnum() or (sign > "\u0dff" and unicodedata.name(sign, "").startswith(_UNSPACED)):
        return "single"
    return "word"


def _common(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Words that stay, in order: equal ends first, then around words that stand once on both sides (patience diff),
    then by the longest common subsequence where a gap is small. Its cost is bounded whatever the texts."""
    found: list[Pair] = []
    gaps: list[Span] = [(0, len(old), 0, len(new))]
    while gaps:
        inner = _without_ends(old, new, gaps.pop(), found)
        start, end, new_start, new_end = inner
        if start == end or new_start == new_end:
            continue
        if anchors := _once_in_both(old, new, inner):
            found += anchors
            edges = [(start - 1, new_start - 1), *anchors, (end, new_end)]
            gaps += [(left[0] + 1, right[0], left[1] + 1, right[1]) for left, right in pairwise(edges)]
        elif (end - start) * (new_end - new_start) <= _TABLE:
            found += _longest(old, new, inner)
    return sorted(found)


def _without_ends(old: Sequence[str], new: Sequence[str], gap: Span, found: list[Pair]) -> Span:
    start, end, new_start, new_end = gap
    while start < end and new_start < new_end and old[start] == new[new_start]:
        found.append((start, new_start))
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
        found.append((end, new_end))
    return start, end, new_start, new_end


def _once_in_both(old: Sequence[str], new: Sequence[str], gap: Span) -> list[Pair]:
    """The longest run in order of words that each side has once."""
    start, end, new_start, new_end = gap
    once = {word for word, times in Counter(old[start:end]).items() if times == 1}
    once &= {word for word, times in Counter(new[new_start:new_end]).items() if times == 1}
    places = {new[place]: place for place in range(new_start, new_end) if new[place] in once}
    return _rising([(place, places[old[place]]) for place in range(start, end) if old[place] in once])


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest subsequence whose second places rise too."""
    ends: list[int] = []  # the smallest last place of a run of each length
    at: list[int] = []  # which pair that is
    before: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        at[length : length + 1] = [number]
        before.append(at[length - 1] if length else None)
    run: list[Pair] = []
    here = at[-1] if at else None
    while here is not None:
        run.append(pairs[here])
        here = before[here]
    return run[::-1]


def _longest(old: Sequence[str], new: Sequence[str], gap: Span) -> list[Pair]:
    """The longest common subsequence, by the table of its lengths from the end."""
    start, end, new_start, new_end = gap
    width = new_end - new_start
    lengths = [[0] * (width + 1) for _ in range(end - start + 1)]
    for row in range(end - start - 1, -1, -1):
        for column in range(width - 1, -1, -1):
            same = old[start + row] == new[new_start + column]
            below, beside = lengths[row + 1][column], lengths[row][column + 1]
            lengths[row][column] = lengths[row + 1][column + 1] + 1 if same else max(below, beside)
    return list(_walked(lengths, old, new, gap))


def _walked(lengths: list[list[int]], old: Sequence[str], new: Sequence[str], gap: Span) -> Iterator[Pair]:
    place, end, new_place, new_end = gap
    first, new_first = place, new_place
    while place < end and new_place < new_end:
        row, column = place - first, new_place - new_first
        if old[place] == new[new_place]:
            yield place, new_place
            place, new_place = place + 1, new_place + 1
        elif lengths[row + 1][column] >= lengths[row][column + 1]:
            place += 1
        else:
            new_place += 1


def _pieces(old: Sequence[str], new: Sequence[str], kept: Sequence[Pair]) -> Iterator[Piece]:
    place = new_place = 0
    for left, right in [*kept, (len(old), len(new))]:
        yield from ((Op.DELETE, word) for word in old[place:left])
        yield from ((Op.INSERT, word) for word in new[new_place:right])
        if left < len(old):
            yield Op.EQUAL, old[left]
        place, new_place = left + 1, right + 1


def _readable(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbouring changes as one: a space between two changed words belongs to the change."""
    runs = [(changed, list(run)) for changed, run in groupby(pieces, key=lambda piece: piece[0] is not Op.EQUAL)]
    for number, (changed, run) in enumerate(runs):
        between = 0 < number < len(runs) - 1 and all(text.isspace() for _, text in run)
        if changed or not between:
            yield from run
        else:
            yield from ((op, text) for op in (Op.DELETE, Op.INSERT) for _, text in run)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for changed, run in groupby(pieces, key=lambda piece: piece[0] is not Op.EQUAL):
        texts = list(run)
        for op in (Op.DELETE, Op.INSERT) if changed else (Op.EQUAL,):
            if text := "".join(text for each, text in texts if each is op):
                yield op, text
