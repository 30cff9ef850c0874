"""A text as blocks in reading order, and what an official can do to it. An edit is a function from blocks to blocks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import orjson

from chassis import ids
from chassis.errors import Invalid

MOST_BLOCKS, LONGEST_BLOCK = 2000, 20_000  # of a document, and characters
_HEADED = 120


class BlockKind(StrEnum):
    HEADING = "heading"
    ARTICLE = "article"
    PARA = "para"
    LIST_ITEM = "list_item"
    TABLE = "table"


class BadEdit(Invalid):
    """The edit names a block or a place that the text does not have."""


class TextTooLarge(Invalid):
    """More blocks, or longer ones, than a document may have."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a block holds. `number` is as people cite it, for example "Art. 4(2)"; `level` is that of a heading."""

    kind: BlockKind
    text: str
    level: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """`came_from` names other blocks of the version before whose words stand here now: it was split off from one, or
    others were merged into it."""

    id: UUID
    piece: Piece
    came_from: tuple[UUID, ...] = ()

    @property
    def text(self) -> str:
        return self.piece.text

    def holds(self, block_id: UUID) -> bool:
        """Whether words of that block may stand here."""
        return block_id == self.id or block_id in self.came_from


Blocks = tuple[Block, ...]
Edit = Callable[[Blocks], Blocks]
Counted = tuple[int, Block, int]  # place, block, annotations that stand there


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents; `place` is that of the block, from 0."""

    block_id: UUID
    place: int
    level: int
    number: str
    text: str


def contents(blocks: Sequence[tuple[int, Block]], most: int = 300) -> list[Heading]:
    """Headings and articles, in order."""
    headed = [(place, each) for place, each in blocks if each.piece.kind in (BlockKind.HEADING, BlockKind.ARTICLE)]
    return [
        Heading(each.id, place, each.piece.level, each.piece.number, each.text[:_HEADED])
        for place, each in headed[:most]
    ]


def made(pieces: Sequence[Piece]) -> Blocks:
    """Blocks with ids of their own. Raises TextTooLarge."""
    return checked(tuple(Block(ids.new(), each) for each in pieces))


def carried(blocks: Blocks) -> Blocks:
    """The same blocks as the next version begins with: what came from where was said of this one."""
    return tuple(replace(each, came_from=()) for each in blocks)


def digest(blocks: Blocks) -> str:
    """SHA-256 of the blocks, as JSON without white space."""
    lines = [[str(each.id), each.piece.kind, each.piece.level, each.piece.number, each.text] for each in blocks]
    return sha256(orjson.dumps(lines)).hexdigest()


def checked(blocks: Blocks) -> Blocks:
    """The same blocks. Raises TextTooLarge."""
    if len(blocks) > MOST_BLOCKS:
        raise TextTooLarge(f"A document has at most {MOST_BLOCKS} blocks.", [("/source/content", f"{len(blocks)}")])
    if (longest := max((len(each.text) for each in blocks), default=0)) > LONGEST_BLOCK:
        raise TextTooLarge(f"A block has at most {LONGEST_BLOCK} characters.", [("/text", f"{longest} characters")])
    return blocks


def revise(block_id: UUID, **changes: object) -> Edit:
    """Other words, another number, kind or level. Raises BadEdit."""

    def edit(blocks: Blocks) -> Blocks:
        place = _place(blocks, block_id)
        piece = replace(blocks[place].piece, **changes)  # type: ignore[arg-type] # names of Piece's fields
        return _put(blocks, place, replace(blocks[place], piece=piece))

    return edit


def insert(after: UUID | None, piece: Piece) -> Edit:
    """A new block; None puts it first. Raises BadEdit."""

    def edit(blocks: Blocks) -> Blocks:
        place = 0 if after is None else _place(blocks, after, "/after") + 1
        return (*blocks[:place], Block(ids.new(), piece), *blocks[place:])

    return edit


def split(block_id: UUID, at: int) -> Edit:
    """Two blocks out of one, before the character `at`; the first keeps the id. Raises BadEdit."""

    def edit(blocks: Blocks) -> Blocks:
        place = _place(blocks, block_id)
        whole = blocks[place]
        head, tail = whole.text[:at].rstrip(), whole.text[at:].lstrip()
        if not head or not tail:
            raise BadEdit("A block is split between two of its words.", [("/at", "leaves one side empty")])
        first = replace(whole, piece=replace(whole.piece, text=head))
        second = Block(ids.new(), replace(whole.piece, text=tail, number=""), (whole.id, *whole.came_from))
        return (*blocks[:place], first, second, *blocks[place + 1 :])

    return edit


def merge(block_id: UUID) -> Edit:
    """One block out of two: the next one's words follow, and its id is gone. Raises BadEdit."""

    def edit(blocks: Blocks) -> Blocks:
        place = _place(blocks, block_id)
        if place + 1 == len(blocks):
            raise BadEdit("The last block has no next one.", [("/blockId", "is the last block")])
        first, second = blocks[place : place + 2]
        came_from = tuple(dict.fromkeys((*first.came_from, second.id, *second.came_from)))
        piece = replace(first.piece, text=f"{first.text} {second.text}")
        one = Block(first.id, piece, tuple(each for each in came_from if each != first.id))
        return checked((*blocks[:place], one, *blocks[place + 2 :]))

    return edit


def move(block_id: UUID, after: UUID | None) -> Edit:
    """To another place; None puts it first. Raises BadEdit."""

    def edit(blocks: Blocks) -> Blocks:
        moved = blocks[_place(blocks, block_id)]
        rest = tuple(each for each in blocks if each.id != block_id)
        place = 0 if after is None else _place(rest, after, "/after") + 1
        return (*rest[:place], moved, *rest[place:])

    return edit


def delete(block_id: UUID) -> Edit:
    """Without the block. Raises BadEdit."""

    def edit(blocks: Blocks) -> Blocks:
        place = _place(blocks, block_id)
        return (*blocks[:place], *blocks[place + 1 :])

    return edit


def _place(blocks: Blocks, block_id: UUID, pointer: str = "/blockId") -> int:
    found = next((place for place, each in enumerate(blocks) if each.id == block_id), None)
    if found is None:
        raise BadEdit("The draft has no such block.", [(pointer, "is no block of this draft")])
    return found


def _put(blocks: Blocks, place: int, changed: Block) -> Blocks:
    return (*blocks[:place], changed, *blocks[place + 1 :])
