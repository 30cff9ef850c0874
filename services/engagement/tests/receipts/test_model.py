"""Leaves of the process log."""

from hashlib import sha256
from types import ModuleType

import orjson

from chassis import ids
from engagement.receipts.model import leaf


def test_a_leaf_can_be_recomputed_by_who_holds_the_receipt(make: ModuleType) -> None:
    process_id, contribution_id = ids.new(), ids.new()

    made = leaf(process_id, "comment", contribution_id, "web", {"en": "Yes"}, make.NOON)

    content = sha256(bytes.fromhex(made.salt) + orjson.dumps({"en": "Yes"})).hexdigest()
    entry = [str(process_id), "comment", str(contribution_id), content, "web", "2026-06-01T12Z"]
    assert made.content_hash == content
    assert made.leaf == sha256(b"\x00" + orjson.dumps(entry)).hexdigest()


def test_the_same_text_twice_is_two_leaves_and_two_codes(make: ModuleType) -> None:
    one, other = (leaf(ids.new(), "comment", ids.new(), "web", "Yes", make.NOON) for _ in range(2))

    assert one.content_hash != other.content_hash
    assert one.code != other.code
