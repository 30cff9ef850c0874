"""Word by word: what changed, whatever the script."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.worddiff import Op, diff, words

TEXTS = st.lists(st.sampled_from(["a", "b", "road", " ", "\n", ".", "ع", "树", "ก", "́"]), max_size=40).map("".join)


def texts(pieces: list[tuple[Op, str]], without: Op) -> str:
    return "".join(text for op, text in pieces if op is not without)


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(old: str, new: str) -> None:
    pieces = diff(old, new)

    assert texts(pieces, Op.INSERT) == old
    assert texts(pieces, Op.DELETE) == new
    assert all(text for _, text in pieces)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("A tree", "A tree", [(Op.EQUAL, "A tree")]),
        ("", "A tree", [(Op.INSERT, "A tree")]),
        (
            "Plant ten trees here.",
            "Plant twelve trees here.",
            [(Op.EQUAL, "Plant "), (Op.DELETE, "ten"), (Op.INSERT, "twelve"), (Op.EQUAL, " trees here.")],
        ),
        (
            "by the old school",
            "by a new school",
            [(Op.EQUAL, "by "), (Op.DELETE, "the old"), (Op.INSERT, "a new"), (Op.EQUAL, " school")],
        ),
        (
            "زراعة عشر أشجار",
            "زراعة مئة أشجار",
            [(Op.EQUAL, "زراعة "), (Op.DELETE, "عشر"), (Op.INSERT, "مئة"), (Op.EQUAL, " أشجار")],
        ),
        ("种树", "种花", [(Op.EQUAL, "种"), (Op.DELETE, "树"), (Op.INSERT, "花")]),
    ],
)
def test_words_that_stay_are_found_in_any_script(old: str, new: str, pieces: list[tuple[Op, str]]) -> None:
    assert diff(old, new) == pieces


def test_a_mark_stays_with_its_letter() -> None:
    assert words("मिट्टी से") == ["मिट्टी", " ", "से"]
    assert words("cafe\u0301 au") == ["cafe\u0301", " ", "au"]
    assert words("ที่นี่") == ["ที่", "นี่"]


def test_a_long_text_of_two_words_is_compared_at_once() -> None:
    chance = Random(7)
    old, new = (" ".join(chance.choices("ab", k=20_000)) for _ in range(2))

    pieces = diff(old, new)

    assert texts(pieces, Op.INSERT) == old
    assert texts(pieces, Op.DELETE) == new
