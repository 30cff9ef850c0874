"""Identifiers: RFC 9562's version 7, later ones sort later."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as some

from chassis import ids


def test_an_id_is_of_version_7_and_says_when_it_was_made() -> None:
    before = time.time_ns() // 1_000_000

    made = ids.new()

    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_ids_fit_the_pattern_of_the_contracts() -> None:
    pattern = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

    assert re.fullmatch(pattern, str(ids.new()))


def test_later_ids_sort_later() -> None:
    made = []
    for _ in range(20):
        made.append(str(ids.new()))
        time.sleep(0.0011)

    assert made == sorted(made)


def test_ids_made_at_once_differ() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [each for part in pool.map(lambda _: [ids.new() for _ in range(5000)], range(4)) for each in part]

    assert len(set(made)) == len(made)


def test_every_random_bit_is_used() -> None:
    fixed = 0xFFFFFFFFFFFF << 80 | 0xF << 76 | 0b11 << 62
    seen, always = 0, (1 << 128) - 1
    for _ in range(200):
        seen |= ids.new().int
        always &= ids.new().int

    random_bits = ((1 << 128) - 1) & ~fixed
    assert seen & random_bits == random_bits
    assert always & random_bits == 0


@given(some.integers(1, 6), some.integers(1, 8))
def test_a_code_survives_the_telephone(groups: int, size: int) -> None:
    code = ids.code(groups, size)

    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]+(-[0-9A-HJKMNP-TV-Z]+)*", code)
    assert [len(part) for part in code.split("-")] == [size] * groups
