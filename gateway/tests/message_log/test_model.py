"""The chain: what was done to it, and that the verdict names it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.message_log.model import (
    EMPTY,
    Entry,
    Finding,
    Head,
    Kind,
    Record,
    Signed,
    append,
    evident,
    statement,
    verify,
)  # fmt: skip

LENGTH = 9


def entry(number: int) -> Entry:
    facts = {"path": f"/v1/{number}", "bodyBytes": number, "headers": {"accept": "é"}}
    return Entry(Kind.REQUEST, f"r{number}", "2026-06-01T12:00:00.000000Z", "A/B/C/D", "A/B/C/E/api", facts)


def chain(length: int = LENGTH, mark: str = "") -> list[Record]:
    records, head = [], EMPTY
    for number in range(length):
        records.append(append(head, replace(entry(number), client=f"A/B/C/D{mark}")))
        head = records[-1].head
    return records


def sign(head: Head, key: bytes = b"ours") -> Signed:
    return Signed(head, "k", key + statement("I", head))


def genuine(signed: Signed) -> bool:
    return signed.signature == b"ours" + statement("I", signed.head)


def heads(records: list[Record]) -> list[Signed]:
    """Batches of three."""
    return [sign(record.head) for record in records if record.seq % 3 == 0]


def told(records: list[Record], signed: list[Signed] | None = None, kept: Head = EMPTY) -> tuple[Finding, int | None]:
    verdict = verify(records, heads(chain()) if signed is None else signed, genuine=genuine, kept=kept)
    return verdict.finding, verdict.seq


def test_a_chain_as_it_was_written_is_sound() -> None:
    assert told(chain(), kept=chain()[-1].head) == (Finding.SOUND, None)
    assert told([], signed=[]) == (Finding.SOUND, None)


FIELDS: dict[str, Callable[[Record], Record]] = {
    "content": lambda r: replace(r, content=r.content.replace("/v1/4", "/v1/5")),
    "a space in the content": lambda r: replace(r, content=r.content + " "),
    "content that is no JSON": lambda r: replace(r, content=r.content[1:]),
    "hash": lambda r: replace(r, hash=bytes([r.hash[0] ^ 1]) + r.hash[1:]),
    "client": lambda r: replace(r, client="A/B/C/X"),
    "service": lambda r: replace(r, service="A/B/C/X/api"),
    "time": lambda r: replace(r, at="2026-06-01T12:00:00.000001Z"),
    "kind": lambda r: replace(r, kind="response"),
    "request": lambda r: replace(r, request_id="r9"),
}


@pytest.mark.parametrize("alter", FIELDS.values(), ids=FIELDS.keys())
def test_an_altered_record_is_named(alter: Callable[[Record], Record]) -> None:
    records = chain()
    records[4] = alter(records[4])

    assert told(records) == (Finding.ALTERED, 5)


@given(st.integers(0, LENGTH - 1), st.integers(0, 10_000), st.integers(1, 255))
def test_any_flipped_bit_of_any_record_is_noticed(record: int, place: int, flip: int) -> None:
    records = chain()
    content = bytearray(records[record].content.encode())
    content[place % len(content)] ^= flip
    records[record] = replace(records[record], content=content.decode("latin-1"))

    assert told(records) != (Finding.SOUND, None)
    assert told(records)[1] == record + 1


@pytest.mark.parametrize("gone", range(LENGTH - 1))
def test_a_deleted_record_is_named(gone: int) -> None:
    records = chain()
    del records[gone]

    assert told(records) == (Finding.DELETED, gone + 1)


def test_a_deleted_record_is_noticed_when_the_rest_is_numbered_anew() -> None:
    records = chain()
    del records[4]
    renumbered = [replace(record, seq=number) for number, record in enumerate(records, 1)]

    assert told(renumbered) == (Finding.REORDERED, 5)


def test_swapped_records_are_named() -> None:
    records = chain()
    records[3], records[6] = replace(records[6], seq=4), replace(records[3], seq=7)

    assert told(records) == (Finding.REORDERED, 4)


def test_a_record_told_twice_is_named() -> None:
    records = chain()

    assert told([*records[:4], records[3], *records[4:]]) == (Finding.REORDERED, 4)


@pytest.mark.parametrize("left", [0, 1, 5, LENGTH - 1])
def test_a_cut_end_is_noticed_by_the_signed_heads(left: int) -> None:
    assert told(chain()[:left]) == (Finding.TRUNCATED, left + 1)


@pytest.mark.parametrize("left", [0, 3, 6])
def test_an_end_cut_off_with_its_heads_is_noticed_by_a_head_kept_elsewhere(left: int) -> None:
    records = chain()

    assert told(records[:left], heads(records[:left])) == (Finding.SOUND, None)
    assert told(records[:left], heads(records[:left]), kept=records[-1].head) == (Finding.TRUNCATED, left + 1)


def test_a_chain_written_anew_is_not_signed_by_us() -> None:
    forged = chain(mark="x")

    assert told(forged) == (Finding.UNSIGNED, 3)
    assert told(forged, [sign(record.head, b"theirs") for record in forged]) == (Finding.UNSIGNED, 1)
    assert told(forged, []) == (Finding.UNSIGNED, 1)


def test_an_end_written_anew_without_heads_is_noticed() -> None:
    records, forged = chain(6), chain(6)
    for number in (6, 7):
        forged.append(append(forged[-1].head, entry(number)))

    assert told(forged, heads(records)) == (Finding.UNSIGNED, 7)


def test_a_chain_written_anew_with_our_own_key_is_noticed_by_a_kept_head() -> None:
    forged = chain(mark="x")

    assert told(forged, heads(forged), kept=chain()[5].head) == (Finding.ALTERED, 6)


SECRET = "canary-7f3a"


@pytest.mark.parametrize("name", ["Authorization", "proxy-authorization", "Cookie", "Set-Cookie", "Baraza-Context"])
def test_secrets_are_kept_as_salted_hashes(name: str) -> None:
    here, there = (evident([(name, SECRET)], salt=salt)[name.lower()] for salt in ("r1", "r2"))

    assert here.startswith("sha256:")
    assert here != there
    assert evident([(name, SECRET)], salt="r1")[name.lower()] == here


@given(st.text(min_size=1, max_size=12))
def test_headers_that_nobody_listed_are_not_kept(name: str) -> None:
    kept = evident([(f"X-Custom-{name}", SECRET)], salt="r1")

    assert kept == {}


def test_a_visitors_key_leaves_no_trace_in_the_log() -> None:
    assert evident([("Visitor-Key", SECRET)], salt="r1") == {}
