"""Likeness of titles, and sketches that find it."""

from random import Random

import pytest

from engagement.listing.model import SIMILAR_FROM
from engagement.similarity.model import HASHES, likeness, sketch


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Trees along the river", "Trees along the river", True),
        ("Trees along the river", "trees  ALONG the River", True),
        ("Trees along the river", "More trees along the river bank", True),
        ("Trees along the river", "A new library", False),
        ("Arbres al riu", "Trees along the river", False),
    ],
)
def test_titles_are_alike_by_their_trigrams(one: str, other: str, alike: bool) -> None:
    assert (likeness(one, other) >= SIMILAR_FROM) is alike


def test_the_same_text_is_wholly_alike() -> None:
    assert likeness("Trees", "Trees") == likeness("", "") == 1


def test_titles_that_are_alike_share_a_part_of_their_sketches() -> None:
    river, rivers, library = (sketch([each]) for each in ("Trees along the river", "Trees along rivers", "A library"))

    assert sketch(["trees  ALONG the River"]) == river
    assert len(river & rivers) > HASHES / 3
    assert len(river & library) < HASHES / 6


def test_a_sketch_estimates_what_trigrams_say() -> None:
    chance = Random(5)
    words = ["".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(60)]
    errors = []
    for _ in range(200):
        one = chance.choices(words, k=6)
        other = one[:3] + chance.choices(words, k=3)
        shared = len(sketch([" ".join(one)]) & sketch([" ".join(other)])) / HASHES
        dice = likeness(" ".join(one), " ".join(other))
        errors.append(abs(shared - dice / (2 - dice)))

    assert sum(errors) / len(errors) < 0.08


def test_a_title_in_two_languages_is_found_in_both() -> None:
    both = sketch(["Trees along the river", "Arbres al llarg del riu"])

    assert sketch(["Trees along the river"]) <= both
    assert sketch(["Arbres al llarg del riu"]) <= both
