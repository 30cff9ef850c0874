"""The keyed digests of the blocks' chains, computed from their sealing keys as their documentation says."""

import hmac
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.faults.checker.rows import Row

Digest = Callable[[str], str]
_START = "0" * 64


def digest(sealing_key: str, place: str) -> Digest:
    """HMAC-SHA-256 for one place. A ring names its digest key; a single key derives it."""
    words = sealing_key.split()
    given = [word.removeprefix("digest:") for word in words if word.startswith("digest:")]
    key = bytes.fromhex(given[0]) if given else _derived(bytes.fromhex(words[0]))
    return lambda text: hmac.new(key, f"{place}\0{text}".encode(), sha256).hexdigest()


def broken(rows: list[tuple[Row, list[Any]]], head: Row, keyed: Digest) -> list[str]:
    """What is wrong with a chain of `(row, what its hash covers before number and previous)`."""
    found, last = [], _START
    for number, (row, content) in enumerate(rows, 1):
        said = json.dumps([*content, row["number"], row["previous"], ""], separators=(",", ":"), ensure_ascii=False)
        if row["number"] != number or row["previous"] != last:
            found.append(f"row {number} is missing or does not follow")
        elif row["hash"] != keyed(said):
            found.append(f"row {number} was altered")
        last = row["hash"]
    if (head["number"], head["hash"]) != (len(rows), last):
        found.append(f"the head names row {head['number']} of {len(rows)}")
    elif head["seal"] != keyed(f"head\n{head['number']}\n{head['hash']}"):
        found.append("the head was altered")
    return found


def _derived(root: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"digest").derive(root)
