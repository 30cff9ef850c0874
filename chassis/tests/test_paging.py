"""Pages by key: each item once, whatever the page's size."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chassis.paging import BadCursor, decode, encode, page

VALUES = some.lists(some.one_of(some.text(), some.integers(-(2**53), 2**53), some.booleans(), some.none()))


@given(VALUES)
def test_a_cursor_gives_back_what_it_holds(values: list[object]) -> None:
    assert decode(encode(values), len(values)) == values


@given(VALUES)
def test_a_cursor_needs_no_quoting_in_an_address(values: list[object]) -> None:
    assert set(encode(values)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(some.lists(some.integers(), unique=True), some.integers(1, 5))
def test_turning_pages_shows_each_item_once(numbers: list[int], limit: int) -> None:
    numbers, shown, cursor = sorted(numbers), [], None
    while True:
        after = decode(cursor, 1)
        rows = [number for number in numbers if after is None or number > int(after[0])][: limit + 1]
        turned = page(rows, limit, lambda number: [str(number)])
        shown += turned.items
        if (cursor := turned.next) is None:
            break

    assert shown == numbers


def test_a_full_last_page_has_no_next() -> None:
    assert page([1, 2], 2, lambda number: [number]).next is None
    assert page([1, 2, 3], 2, lambda number: [number]).next == encode([2])


@given(some.text())
def test_whatever_else_comes_is_a_bad_cursor(cursor: str) -> None:
    try:
        values = decode(cursor, 3)
    except BadCursor:
        return
    assert isinstance(values, list)
    assert len(values) == 3


@pytest.mark.parametrize(
    "cursor",
    [encode([1]), encode([1, 2, 3]), "%%%", "é", "", base64.urlsafe_b64encode(b'{"a": 1}').decode(), "W" * 400],
    ids=["another list's", "longer", "no base64", "not ascii", "empty", "an object", "no JSON"],
)
def test_bad_cursors(cursor: str) -> None:
    with pytest.raises(BadCursor):
        decode(cursor, 2)


def test_no_cursor_is_the_first_page() -> None:
    assert decode(None, 2) is None
