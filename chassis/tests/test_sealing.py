"""What is sealed opens in its place, with its key, unaltered, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chassis.sealing import Sealer, Unsealable

KEY, OTHER_KEY = "11" * 32, "22" * 32
SEALER = Sealer(KEY)


@given(some.text(), some.text())
def test_what_is_sealed_opens_in_its_place(text: str, place: str) -> None:
    assert Sealer(KEY).open(SEALER.seal(text, place), place) == text


@given(some.text(min_size=1), some.data())
def test_an_altered_byte_is_noticed(text: str, data: some.DataObject) -> None:
    sealed = bytearray(SEALER.seal(text, "note.text"))
    sealed[data.draw(some.integers(0, len(sealed) - 1))] ^= data.draw(some.integers(1, 255))

    with pytest.raises(Unsealable):
        SEALER.open(bytes(sealed), "note.text")


def test_another_place_or_key_opens_nothing() -> None:
    sealed = SEALER.seal("a secret", "note.text")

    with pytest.raises(Unsealable):
        SEALER.open(sealed, "note.title")
    with pytest.raises(Unsealable):
        Sealer(OTHER_KEY).open(sealed, "note.text")


@pytest.mark.parametrize("size", [0, 1, 12, 27])
def test_what_is_too_short_to_be_sealed_is_unsealable(size: int) -> None:
    with pytest.raises(Unsealable):
        SEALER.open(b"x" * size, "note.text")


def test_one_text_sealed_twice_looks_different_and_says_nothing() -> None:
    first, second = SEALER.seal("a secret", "note.text"), SEALER.seal("a secret", "note.text")

    assert first != second
    assert b"a secret" not in first + second


def test_a_digest_finds_the_same_text_in_the_same_place_alone() -> None:
    digest = SEALER.digest("ann", "person.email")

    assert digest == Sealer(KEY).digest("ann", "person.email")
    assert len({digest, SEALER.digest("ann", "other"), SEALER.digest("ben", "person.email")}) == 3
    assert Sealer(OTHER_KEY).digest("ann", "person.email") != digest


def test_without_a_key_each_sealer_has_its_own() -> None:
    with pytest.raises(Unsealable):
        Sealer("").open(Sealer("").seal("x", "p"), "p")


@pytest.mark.parametrize("key", ["abc", "zz" * 32, "11" * 16])
def test_a_key_that_is_not_32_bytes_is_refused(key: str) -> None:
    with pytest.raises(ValueError):
        Sealer(key)
