"""Edits of a draft, and which block of a new text is which of the old one."""

from collections.abc import Callable

import pytest

from chassis import ids
from engagement.documents import text
from engagement.documents.alignment import aligned, recognised, similarity
from engagement.documents.text import BadEdit, Block, BlockKind, Blocks, Piece, TextTooLarge

WORDS = (
    "Every household is given a meter within two years of this law.",
    "The price of water is set once a year by the council of the valley.",
    "Wells that fall dry are reported to the office of rivers within a week.",
)


@pytest.fixture
def blocks() -> Blocks:
    return text.made([Piece(BlockKind.PARA, words, number=f"{place}.") for place, words in enumerate(WORDS, 1)])


def test_a_block_keeps_its_id_whatever_is_done_to_it(blocks: Blocks) -> None:
    one, two, three = (each.id for each in blocks)

    done = text.revise(one, text="Every home.", number="1a.")(text.move(one, three)(blocks))

    assert [each.id for each in done] == [two, three, one]
    assert (done[-1].text, done[-1].piece.number, done[-1].piece.kind) == ("Every home.", "1a.", BlockKind.PARA)


def test_the_first_half_of_a_split_keeps_the_id(blocks: Blocks) -> None:
    whole = blocks[0]

    first, second, *_ = text.split(whole.id, 27)(blocks)

    assert (first.id, first.text) == (whole.id, "Every household is given a")
    assert (second.text, second.piece.number) == ("meter within two years of this law.", "")
    assert second.came_from == (whole.id,) and second.holds(whole.id)


def test_what_was_split_and_merged_knows_where_all_its_words_came_from(blocks: Blocks) -> None:
    one, two, _ = (each.id for each in blocks)

    halves = text.split(one, 27)(blocks)
    again = text.split(halves[1].id, 13)(halves)
    merged = text.merge(again[2].id)(again)

    assert again[2].came_from == (again[1].id, one)
    assert set(merged[2].came_from) == {again[1].id, one, two}
    assert merged[2].text.endswith(WORDS[1])
    assert [each.came_from for each in text.carried(merged)] == [()] * len(merged)


@pytest.mark.parametrize(
    ("edit", "pointer"),
    [
        (lambda b: text.revise(ids.new(), text="x"), "/blockId"),
        (lambda b: text.insert(ids.new(), Piece(BlockKind.PARA, "x")), "/after"),
        (lambda b: text.move(b[0].id, b[0].id), "/after"),
        (lambda b: text.merge(b[-1].id), "/blockId"),
        (lambda b: text.split(b[0].id, 5000), "/at"),
        (lambda b: text.delete(ids.new()), "/blockId"),
    ],
)
def test_an_edit_that_does_not_fit_says_where(
    blocks: Blocks, edit: Callable[[Blocks], text.Edit], pointer: str
) -> None:
    with pytest.raises(BadEdit) as refused:
        edit(blocks)(blocks)

    assert refused.value.errors[0][0] == pointer


def test_a_text_is_bounded(blocks: Blocks) -> None:
    with pytest.raises(TextTooLarge):
        text.made([Piece(BlockKind.PARA, "x")] * 2001)
    with pytest.raises(TextTooLarge):
        text.checked((Block(ids.new(), Piece(BlockKind.PARA, "x" * 20_001)),))


def test_the_digest_is_that_of_the_text(blocks: Blocks) -> None:
    one = blocks[0].id

    assert text.digest(blocks) == text.digest(text.carried(blocks))
    assert len({text.digest(each) for each in (blocks, blocks[::-1], text.revise(one, number="2")(blocks))}) == 3


def test_likeness_is_that_of_three_words_in_a_row() -> None:
    assert similarity(WORDS[0], WORDS[0].upper()) == 1
    assert similarity(WORDS[0], WORDS[1]) == 0
    assert 0.6 <= similarity(WORDS[0], WORDS[0].replace("law", "act")) < 1
    assert similarity("", "") == 0


def test_blocks_are_recognised_by_their_words_and_their_order(blocks: Blocks) -> None:
    changed = [Piece(BlockKind.PARA, each) for each in ("A new preamble of this law.", *WORDS[:1], *WORDS[2:])]
    changed.append(Piece(BlockKind.PARA, WORDS[2].replace("a week", "ten days")))

    new = recognised(blocks, changed)

    assert [each.id for each in new[1:3]] == [blocks[0].id, blocks[2].id]
    assert len({each.id for each in (*new, *blocks)}) == 5


def test_a_block_that_moved_word_for_word_is_the_same(blocks: Blocks) -> None:
    moved = text.made([each.piece for each in (blocks[2], blocks[0], blocks[1])])

    assert aligned(blocks, moved) == {
        blocks[0].id: moved[1].id,
        blocks[1].id: moved[2].id,
        blocks[2].id: moved[0].id,
    }
