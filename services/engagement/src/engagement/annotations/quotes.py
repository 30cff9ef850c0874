"""Words of a text, with what stands around them: how a passage is found again (W3C Web Annotation, text quote
selector; the weights are those that the Hypothesis client matches with)."""

from collections.abc import Iterator
from dataclasses import dataclass

CONTEXT = 32  # characters on either side
_QUOTE, _PREFIX, _SUFFIX, _POSITION = 50, 20, 20, 2
_MOST_ERRORS, _ERRORS_PER_CHARACTER = 32, 0.2
_ACCEPTED, _MARGIN = 0.80, 0.10
_TELLING = 20  # characters that stand nowhere by chance; shorter words need surroundings that are as like as this
_SAME_SURROUNDINGS = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of a block, in characters (code points); `score` says how well it fits, 0 to 1."""

    start: int
    end: int
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: the passage, or why there is none: several fit about as well, or nothing does."""

    span: Span | None = None
    exact: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """`position` is how far into its text it stood, 0 to 1 (None when nobody says so), and `alone` whether the words
    stood there once."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    position: float | None = None
    alone: bool = False

    @staticmethod
    def of(text: str, start: int, end: int) -> "Quote":
        """The words from `start` to `end`."""
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        exact = text[start:end]
        return Quote(exact, before, after, start / len(text), alone=text.count(exact) == 1)

    def search(self, text: str) -> Search:
        """Where the words stand now: as they were, else changed a little. A guess is no answer: what fits badly, or
        not clearly better than another passage, is not found."""
        return self._as_they_were(text) or self._changed(text)

    def named(self, text: str) -> Span | None:
        """The passage that somebody who quotes it means: the only one, or the one that its surroundings tell."""
        spans = [self._scored(text, start, start + len(self.exact), 0) for start in _places(text, self.exact)]
        if len(spans) == 1:
            return spans[0]
        return self._best(spans)

    def _as_they_were(self, text: str) -> Search | None:
        """None when the words do not stand there."""
        size = len(self.exact)
        starts = [start for start in _places(text, self.exact) if self._stands_apart(text, start, start + size)]
        around = [(self._surroundings(text, start, start + size), start) for start in starts]
        if not around:
            return None
        around.sort(reverse=True)
        likely, start = around[0]
        if len(around) > 1 and likely - around[1][0] < _MARGIN:
            return Search(ambiguous=True)
        telling = self.alone and size >= _TELLING and len(around) == 1
        if not telling and likely < _SAME_SURROUNDINGS:
            return Search()
        return Search(Span(start, start + size), exact=True)

    def _changed(self, text: str) -> Search:
        near = [each for each in _nearly(self.exact, text) if self._stands_apart(text, *each[:2])]
        spans = [self._scored(text, *each) for each in near]
        good = [each for each in spans if each.score >= _ACCEPTED]
        best = self._best(spans)
        return Search(best) if best else Search(ambiguous=bool(good))

    def _best(self, spans: list[Span]) -> Span | None:
        """The one that fits well, and clearly better than any other."""
        ranked = sorted(spans, key=lambda each: each.score, reverse=True)
        if not ranked or ranked[0].score < _ACCEPTED:
            return None
        return None if len(ranked) > 1 and ranked[0].score - ranked[1].score < _MARGIN else ranked[0]

    def _scored(self, text: str, start: int, end: int, errors: int) -> Span:
        before, after = self._sides(text, start, end)
        position = 1.0 if self.position is None else 1 - abs(self.position - start / len(text))
        parts = _QUOTE * (1 - errors / len(self.exact)) + _PREFIX * before + _SUFFIX * after + _POSITION * position
        return Span(start, end, parts / (_QUOTE + _PREFIX + _SUFFIX + _POSITION))

    def _stands_apart(self, text: str, start: int, end: int) -> bool:
        """Whole words are not found inside others: "on" is not in "person"."""
        begins = _parts(text[:start], text[start:]) or not _parts(self.prefix, self.exact)
        ends = _parts(text[:end], text[end:]) or not _parts(self.exact, self.suffix)
        return begins and ends

    def _surroundings(self, text: str, start: int, end: int) -> float:
        return sum(self._sides(text, start, end)) / 2

    def _sides(self, text: str, start: int, end: int) -> tuple[float, float]:
        """How like the surroundings are, before and after."""
        before = (
            text[max(0, start - len(self.prefix)) : start] if self.prefix else text[max(0, start - CONTEXT) : start]
        )
        after = text[end : end + (len(self.suffix) or CONTEXT)]
        return _likeness(self.prefix, before), _likeness(self.suffix, after)


def _parts(before: str, after: str) -> bool:
    """Whether a word ends, or begins, between the two."""
    return not (before[-1:].isalnum() and after[:1].isalnum())


def _places(text: str, exact: str) -> Iterator[int]:
    start = text.find(exact)
    while start >= 0:
        yield start
        start = text.find(exact, start + 1)


def _nearly(quote: str, text: str) -> list[tuple[int, int, int]]:
    """`(start, end, errors)` of the passages that differ by few characters, best first; none lies over another."""
    most = min(_MOST_ERRORS, int(len(quote) * _ERRORS_PER_CHARACTER))
    found: list[tuple[int, int, int]] = []
    ends = sorted((errors, end) for end, errors in _distances(quote, text, anywhere=True) if errors <= most)
    for errors, end in ends:
        back = text[max(0, end - len(quote) - most) : end][::-1]
        lengths = [(wrong, abs(length - len(quote)), length) for length, wrong in _distances(quote[::-1], back)]
        start = end - min(lengths)[2]
        if start < end and all(end <= other[0] or start >= other[1] for other in found):
            found.append((start, end, errors))
    return found


def _likeness(expected: str, found: str) -> float:
    """1 is the same, 0 nothing in common. Where nothing is expected, nothing has to be."""
    longest = max(len(expected), len(found))
    if not longest:
        return 1.0
    if not expected or not found:
        return 0.0
    *_, (_, errors) = _distances(expected, found)
    return 1 - errors / longest


def _distances(pattern: str, text: str, *, anywhere: bool = False) -> Iterator[tuple[int, int]]:
    """`(length, errors)`: insertions, deletions and replacements between the pattern and each beginning of the text;
    with `anywhere` the best passage that ends there (Myers 1999, a column of the table as one number)."""
    size = len(pattern)
    last, mask = 1 << size - 1, (1 << size) - 1
    where: dict[str, int] = {}
    for place, sign in enumerate(pattern):
        where[sign] = where.get(sign, 0) | 1 << place
    more, less, errors = mask, 0, size
    for length, sign in enumerate(text, 1):
        same = where.get(sign, 0)
        diagonal = same | less
        level = ((same & more) + more ^ more) | same
        up, down = less | ~(level | more) & mask, more & level
        errors += 1 if up & last else -1 if down & last else 0
        up, down = (up << 1 | (not anywhere)) & mask, down << 1 & mask
        more, less = down | ~(diagonal | up) & mask, up & diagonal
        yield length, errors
