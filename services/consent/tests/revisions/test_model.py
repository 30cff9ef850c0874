"""A chain of revisions holds as it was written and in no other way."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import KeySet

from consent.keys import model as keys
from consent.revisions import model
from consent.revisions.model import Author, Kind, Revision

AT = datetime(2026, 6, 1, 12, 0, 0, 123456, tzinfo=UTC)
KEY = keys.made()
KNOWN = KeySet([KEY.key])


def chain(*contents: dict[str, Any], key: keys.SigningKey = KEY) -> list[Revision]:
    """Signed revisions of one object that say these things after each other."""
    made: list[Revision] = []
    for content in contents:
        previous = made[-1] if made else None
        by = Author(individual="ada", other=None)
        made.append(model.revised(Kind.RECORD, "r-1", content, previous, by, AT).signed_by(key))
    return made


def test_each_revision_carries_hash_and_signature_of_the_one_before() -> None:
    revisions = chain({"optIn": True}, {"optIn": False}, {"optIn": True})

    links = [(after.predecessor_hash, after.predecessor_signature) for _, after in pairwise(revisions)]

    assert links == [(before.hash, before.signature) for before in revisions[:-1]]
    assert model.broken(revisions, KNOWN) is None


def test_a_snapshot_says_who_authorised_it_and_when() -> None:
    (revision,) = chain({"optIn": True})

    snapshot = orjson.loads(revision.snapshot)

    assert snapshot["objectData"] == {"optIn": True}
    assert snapshot["authorizedByIndividual"] == "ada"
    assert snapshot["timestamp"] == "2026-06-01T12:00:00.123Z"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("schema_name", "Policy"),
        ("object_id", "r-2"),
        ("number", 3),
        ("snapshot", "{}"),
        ("hash", "0" * 64),
        ("at", AT),
        ("individual", "bea"),
        ("other", "somebody"),
        ("predecessor_hash", None),
        ("predecessor_signature", "x"),
        ("signature", "a.b.c"),
    ],
)
def test_a_revision_with_one_changed_value_is_named(name: str, value: object) -> None:
    revisions = chain({"optIn": True}, {"optIn": False})

    changed = replace(revisions[1], **{name: value})

    found = model.broken([revisions[0], changed], KNOWN)
    assert found is not None
    assert found.where == changed.place


def test_a_chain_without_one_of_its_revisions_or_in_another_order_does_not_hold() -> None:
    first, second, third = chain({"n": 1}, {"n": 2}, {"n": 3})

    found = [model.broken(each, KNOWN) for each in ([second, third], [first, third], [first, third, second])]

    assert [each and each.reason for each in found] == ["a revision before it is missing"] * 3


def test_revisions_signed_with_a_foreign_key_do_not_hold() -> None:
    foreign = chain({"optIn": True}, key=keys.made())

    found = model.broken(foreign, KNOWN)

    assert found is not None
    assert found.reason == "the signature is not ours"


def test_a_signature_has_one_spelling() -> None:
    (revision,) = chain({"optIn": True})
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet.index(revision.signature[-1])

    other = replace(revision, signature=revision.signature[:-1] + alphabet[last ^ 1])  # the bit is not decoded

    assert model.broken([other], KNOWN) is not None


def test_a_signature_does_not_grow_with_the_chain() -> None:
    revisions = chain(*({"n": number} for number in range(8)))

    lengths = {len(each.signature) for each in revisions[1:]}

    assert len(lengths) == 1


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(), st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.text())))
def test_whatever_an_object_says_its_revision_says_and_holds(content: dict[str, Any]) -> None:
    try:
        (revision,) = chain(content)
    except TypeError:  # half a surrogate pair is no text (RFC 8259 §8.2)
        return

    assert revision.content == content
    assert model.broken([revision], KNOWN) is None
