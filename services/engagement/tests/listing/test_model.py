"""Likeness of titles, and an order that is random and stable."""

import pytest

from engagement.listing.model import SIMILAR_FROM, likeness, shuffled


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


def test_one_seed_is_one_order_and_another_seed_another() -> None:
    orders = [sorted(range(1, 101), key=lambda number, seed=seed: shuffled(number, seed)) for seed in (0, 1, 7, 7)]

    assert orders[2] == orders[3]
    assert len({tuple(order) for order in orders}) == 3
    assert list(range(1, 101)) not in orders


def test_no_early_post_gains_by_its_place() -> None:
    places = [
        sorted(range(1, 41), key=lambda number, seed=seed: shuffled(number, seed)).index(1) for seed in range(400)
    ]

    assert 15 < sum(places) / len(places) < 24  # a fair shuffle would give 19.5


def test_another_seed_is_not_the_same_order_from_another_start() -> None:
    followers = set()
    for seed in range(50):
        order = sorted(range(1, 41), key=lambda number, seed=seed: shuffled(number, seed))
        followers.add(order[(order.index(1) + 1) % 40])

    assert len(followers) > 15
