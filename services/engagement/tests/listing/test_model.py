"""Orders: how sure the favour is, and one that is random and stable."""

import pytest

from engagement.listing.model import shuffled, wilson


@pytest.mark.parametrize(
    ("favourable", "others", "millionths"),
    [(0, 0, 0), (0, 5, 0), (1, 0, 206_543), (3, 0, 438_493), (90, 10, 825_632), (900, 100, 879_847)],
)
def test_few_voices_are_less_sure_than_many(favourable: int, others: int, millionths: int) -> None:
    assert wilson(favourable, others) == millionths


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
