"""Records, their chain, and what can be said of a chain that someone hands over. Pure.

A record's content is a JSON text; its hash is SHA-512(hash of the record before + content). Anyone can check a chain
with these two lines and without this program.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

HASH_BYTES = 64
_GENESIS = bytes(HASH_BYTES)
_SECRET = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "baraza-context"})
# Anything else may hold personal data, so its value is not kept. The request hash covers all of them.
_PLAIN = frozenset(
    {"content-type", "content-encoding", "content-length", "accept", "accept-language", "accept-encoding"}
    | {"traceparent", "idempotency-key", "if-match", "if-none-match", "etag", "retry-after"}
    | {"x-road-id", "x-road-issue", "x-road-represented-party"}
    | {"information-mediator-client", "x-govstack-client", "x-road-client"}
)
_ENCODE = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


class Kind(StrEnum):
    """What a record is evidence of."""

    REQUEST = "request"
    RESPONSE = "response"
    REFUSAL = "refusal"  # an identified caller was turned away; stands alone


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, not yet in the chain. `request_id` ties a pair together; `facts` name no person."""

    kind: Kind
    request_id: str
    at: str
    client: str
    service: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """The last record of a chain at some time, as it was kept elsewhere or signed."""

    seq: int
    hash: bytes


EMPTY = Head(0, _GENESIS)


@dataclass(frozen=True, slots=True)
class Record:
    """A link of the chain. `kind`, `request_id`, `at`, `client` and `service` repeat the content, to be found by."""

    seq: int
    kind: str
    request_id: str
    at: str
    client: str
    service: str
    content: str
    hash: bytes

    @property
    def head(self) -> Head:
        """The chain's head when this record is its last."""
        return Head(self.seq, self.hash)


@dataclass(frozen=True, slots=True)
class Signed:
    """A head with the mediator's signature over `statement`."""

    head: Head
    key_id: str
    signature: bytes


class Finding(StrEnum):
    """What is wrong with a chain."""

    SOUND = "sound"
    ALTERED = "altered"
    DELETED = "deleted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    UNSIGNED = "unsigned"  # no signed head of ours vouches for the record as it stands


@dataclass(frozen=True, slots=True)
class Verdict:
    """`seq` names the first record that is wrong (or gone); None when the chain of `length` records is sound."""

    finding: Finding
    seq: int | None
    length: int


def append(previous: Head, entry: Entry) -> Record:
    """The next link of the chain."""
    seq = previous.seq + 1
    content = _content(seq, entry)
    return Record(
        seq=seq,
        kind=entry.kind,
        request_id=entry.request_id,
        at=entry.at,
        client=entry.client,
        service=entry.service,
        content=content,
        hash=_link(previous.hash, content),
    )


def verify(
    records: Iterable[Record], signed: Iterable[Signed], *, genuine: Callable[[Signed], bool], kept: Head = EMPTY
) -> Verdict:
    """The first thing that is wrong. `records` and `signed` come as they are stored, each in order of `seq`; `genuine`
    checks a signature; `kept` is a head that was put away elsewhere, and shows what was cut off the end."""
    last, vouched, heads = EMPTY, EMPTY, iter(signed)
    head = next(heads, None)
    for record in records:
        finding = _fault(last, record)
        if finding is None and record.seq == kept.seq and record.hash != kept.hash:
            finding = Finding.ALTERED
        if finding is not None:
            return Verdict(finding, last.seq + 1 if finding is Finding.DELETED else record.seq, last.seq)
        while head is not None and head.head.seq <= record.seq:
            if head.head != record.head or not genuine(head):
                return Verdict(Finding.UNSIGNED, head.head.seq, last.seq)
            vouched, head = record.head, next(heads, None)
        last = record.head
    if head is not None or last.seq < kept.seq:
        return Verdict(Finding.TRUNCATED, last.seq + 1, last.seq)
    if vouched != last:  # a batch and its signed head are written in one transaction
        return Verdict(Finding.UNSIGNED, vouched.seq + 1, last.seq)
    return Verdict(Finding.SOUND, None, last.seq)


def statement(instance: str, head: Head) -> bytes:
    """What a signature of a head signs."""
    return f"baraza message log {instance} {head.seq} {head.hash.hex()}".encode()


def evident(headers: Iterable[tuple[str, str]], *, salt: str) -> dict[str, str]:
    """What the log keeps of headers: a few as they are, secrets as salted hashes, nothing of all others.

    The salt is the request's id: whoever holds a token can show that it was used, nobody can join two calls by it.
    """
    kept: dict[str, str] = {}
    for name, value in headers:
        low = name.lower()
        if low in _SECRET:
            digest = hashlib.sha256(f"{salt} {value}".encode("utf-8", "surrogateescape"))
            kept[low] = f"sha256:{digest.hexdigest()}"
        elif low in _PLAIN:
            kept[low] = value
    return kept


def _fault(last: Head, record: Record) -> Finding | None:
    if record.seq > last.seq + 1:
        return Finding.DELETED
    told = _read(record.content)
    if record.seq <= last.seq or told.get("seq") != record.seq:
        return Finding.ALTERED if told.get("seq") is None else Finding.REORDERED
    named = {"kind": record.kind, "requestId": record.request_id, "at": record.at}
    named |= {"client": record.client, "service": record.service}
    if record.hash != _link(last.hash, record.content) or any(told.get(name) != value for name, value in named.items()):
        return Finding.ALTERED
    return None


def _content(seq: int, entry: Entry) -> str:
    own = {"seq": seq, "kind": entry.kind, "requestId": entry.request_id, "at": entry.at}
    return _ENCODE({**entry.facts, **own, "client": entry.client, "service": entry.service})


def _read(content: str) -> dict[str, object]:
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _link(previous: bytes, content: str) -> bytes:
    return hashlib.sha512(previous + content.encode("utf-8", "surrogatepass")).digest()
