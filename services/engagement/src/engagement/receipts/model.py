"""A leaf of the process log and the receipt that names it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import orjson

from chassis import ids


@dataclass(frozen=True, slots=True)
class Leaf:
    """One contribution in the log. `content_hash` is salted: a short text cannot be guessed from it, and once the salt
    is shredded not even by who knows the text."""

    code: str
    process_id: UUID
    kind: str
    contribution_id: UUID
    channel: str
    content_hash: str
    salt: str
    leaf: str
    at: datetime


def leaf(process_id: UUID, kind: str, contribution_id: UUID, channel: str, content: object, at: datetime) -> Leaf:
    """The leaf of a contribution; its hour, not its second, enters the hash."""
    salt = secrets.token_hex(16)
    content_hash = sha256(bytes.fromhex(salt) + orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
    hashed = _hashed(process_id, kind, contribution_id, content_hash, channel, at)
    return Leaf(ids.code(), process_id, kind, contribution_id, channel, content_hash, salt, hashed, at)


def is_whole(of: Leaf) -> bool:
    """Whether the leaf is the hash of what stands beside it."""
    return of.leaf == _hashed(of.process_id, of.kind, of.contribution_id, of.content_hash, of.channel, of.at)


def _hashed(process_id: UUID, kind: str, contribution_id: UUID, content_hash: str, channel: str, at: datetime) -> str:
    entry = [str(process_id), kind, str(contribution_id), content_hash, channel, at.strftime("%Y-%m-%dT%HZ")]
    return sha256(b"\x00" + orjson.dumps(entry)).hexdigest()  # 0x00 marks a leaf (RFC 6962 §2.1)
