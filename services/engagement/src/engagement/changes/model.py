"""A change of a block between two versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from engagement.documents.text import Block, Blocks


class Kind(StrEnum):
    REVISED = "revised"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """`before` is what stood there: the block as it was, or those that it was split off from or that were merged in.
    `place` is that in the later version, None for what was removed."""

    kind: Kind
    place: int | None
    before: tuple[Block, ...]
    after: Block | None

    @property
    def block_id(self) -> UUID:
        return self.after.id if self.after else self.before[0].id

    @property
    def number(self) -> str:
        return (self.after or self.before[0]).piece.number

    def texts(self) -> tuple[str, str]:
        """Old and new words. Of a split the half that stands here, of a merger all that came in."""
        old = " ".join(each.text for each in self.before) if self.kind is not Kind.ADDED else ""
        return old, self.after.text if self.after else ""


def changes(before: Blocks, after: Blocks) -> Iterator[Change]:
    """First the later version's blocks in reading order, then what it has no more. A block that only moved is as it
    was."""
    old = {each.id: each for each in before}
    kept: set[UUID] = set()
    for place, block in enumerate(after):
        kept |= {block.id, *block.came_from}
        same = old.get(block.id)
        merged = tuple(old[each] for each in block.came_from if each in old) if same else ()
        if same is None:
            yield Change(Kind.ADDED, place, (), block)
        elif merged or same.piece != block.piece:
            yield Change(Kind.REVISED, place, (same, *merged), block)
    yield from (Change(Kind.REMOVED, None, (each,), None) for each in before if each.id not in kept)
