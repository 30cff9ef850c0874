"""Where an annotation stands in the next version. Pure: from blocks and places to places."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from engagement.annotations.model import Anchor, Outcome
from engagement.annotations.quotes import Quote, Search
from engagement.documents.alignment import aligned
from engagement.documents.text import Block, Blocks

_HAS_A_PLACE = (Outcome.PLACED, Outcome.RELOCATED)


@dataclass(frozen=True, slots=True)
class Passage:
    """A version's text and the one that follows it: `after` holds, by id of an old block, the new ones where its words
    may stand; `instead` the new block that stands where an old one stood."""

    version_id: UUID
    before: Mapping[UUID, Block]
    after: Mapping[UUID, tuple[Block, ...]]
    instead: Mapping[UUID, UUID]


def passage(version_id: UUID, before: Blocks, after: Blocks) -> Passage:
    """A block goes on in the one that has its id and in those that took words of it; one that editors left none of, in
    the new block that it is alike to."""
    heirs: dict[UUID, tuple[Block, ...]] = {}
    for block in after:
        for block_id in (block.id, *block.came_from):
            heirs[block_id] = (*heirs.get(block_id, ()), block)
    old = {each.id for each in before}
    gone = [each for each in before if each.id not in heirs]
    new = [each for each in after if each.id not in old and not each.came_from]
    by_id = {each.id: each for each in new}
    heirs |= {here: (by_id[there],) for here, there in aligned(gone, new).items()}
    return Passage(version_id, {each.id: each for each in before}, heirs, dict(_instead(before, heirs)))


def carried(of: Anchor, over: Passage) -> Anchor:
    """Its place in the version that follows. What has lost its place does not get another one by chance."""
    lost = replace(of, version_id=over.version_id, block_id=None, start=None, end=None, score=None)
    if of.outcome not in _HAS_A_PLACE:
        return replace(lost, nearest=_follow(of.nearest, over))
    if of.block_id is None:
        return replace(lost, outcome=Outcome.PLACED, score=1.0)
    heirs = over.after.get(of.block_id, ())
    nearest = heirs[0].id if heirs else over.instead.get(of.block_id)
    if of.start is None or of.end is None:
        return _whole_block(of, heirs, replace(lost, outcome=Outcome.ORPHANED, nearest=nearest))
    quote = Quote.of(over.before[of.block_id].text, of.start, of.end)
    found = [(heir, quote.search(heir.text)) for heir in heirs]
    return _words(found, replace(lost, outcome=Outcome.ORPHANED, nearest=nearest), len(heirs))


def outcomes(anchors: Iterable[Anchor]) -> dict[Outcome, int]:
    """How many found which place."""
    found = dict.fromkeys(Outcome, 0)
    for each in anchors:
        found[each.outcome] += 1
    return found


def _whole_block(of: Anchor, heirs: tuple[Block, ...], lost: Anchor) -> Anchor:
    """On the block as long as it goes on under its id; in another one it stands at other words."""
    if not heirs:
        return lost
    same = next((each for each in heirs if each.id == of.block_id), None)
    outcome = Outcome.PLACED if same else Outcome.RELOCATED
    return replace(lost, outcome=outcome, block_id=(same or heirs[0]).id, nearest=None, score=1.0 if same else None)


def _words(found: list[tuple[Block, Search]], lost: Anchor, heirs: int) -> Anchor:
    """In the one heir that has them as they were, else in the one that has them a little changed."""
    exact = [(heir, search.span) for heir, search in found if search.span and search.exact]
    changed = [(heir, search.span) for heir, search in found if search.span and not search.exact]
    likely = exact or changed
    if len(likely) == 1:
        ((heir, span),) = likely
        outcome = Outcome.PLACED if exact else Outcome.RELOCATED
        place = replace(lost, outcome=outcome, block_id=heir.id, nearest=None)
        return replace(place, start=span.start, end=span.end, score=round(span.score, 4))
    doubtful = len(likely) > 1 or any(search.ambiguous for _, search in found)
    return replace(lost, outcome=Outcome.AMBIGUOUS) if doubtful else lost


def _instead(before: Blocks, heirs: Mapping[UUID, tuple[Block, ...]]) -> Iterator[tuple[UUID, UUID]]:
    """For each old block without an heir, that of the block before it, at the beginning of the one after it."""
    last: UUID | None = None
    waiting: list[UUID] = []
    for block in before:
        if block.id in heirs:
            last = heirs[block.id][-1].id
            yield from ((each, last) for each in waiting)
            waiting = []
        elif last is None:
            waiting.append(block.id)
        else:
            yield block.id, last


def _follow(block_id: UUID | None, over: Passage) -> UUID | None:
    if block_id is None:
        return None
    heirs = over.after.get(block_id)
    return heirs[0].id if heirs else over.instead.get(block_id)
