"""A revision and its chain. Pure: keys and rows are handed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from joserfc.jwk import KeySet

from chassis import clock, ids
from consent.keys import model as keys
from consent.keys.model import SigningKey
from consent.revisions import canonical

Content = dict[str, Any]  # a JSON object in the official spelling


class Kind(StrEnum):
    """`schemaName` of the official file."""

    POLICY = "Policy"
    AGREEMENT = "DataAgreement"
    RECORD = "ConsentRecord"


@dataclass(frozen=True, slots=True)
class Revision:
    """`snapshot` is the truth; hash, signature and the columns beside it are checked against it."""

    id: UUID
    schema_name: str
    object_id: str
    number: int
    snapshot: str
    hash: str
    at: datetime
    individual: str | None
    other: str | None
    predecessor_hash: str | None
    predecessor_signature: str | None
    signature: str = ""

    @property
    def content(self) -> Content:
        """The object as this revision has it."""
        content: Content = orjson.loads(self.snapshot)["objectData"]
        return content

    @property
    def place(self) -> str:
        """How a broken revision is named."""
        return f"{self.schema_name} {self.object_id} {self.number}"

    def signed_by(self, key: SigningKey) -> "Revision":
        """The same, with our signature."""
        return replace(self, signature=key.signed(_claims(self)))


@dataclass(frozen=True, slots=True)
class Author:
    """Who authorises a revision: the individual herself, or someone for the institution."""

    individual: str | None
    other: str | None


def revised(
    kind: Kind, object_id: str, content: Content, previous: Revision | None, by: Author, at: datetime
) -> Revision:
    """The object's next revision, not signed yet. `previous` is None for the first."""
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)  # the snapshot has milliseconds
    snapshot = canonical.text(
        {
            "objectData": content,
            "schemaName": kind,
            "objectId": object_id,
            "signedWithoutObjectId": False,
            "timestamp": clock.text(at),
            "authorizedByIndividual": by.individual,
            "authorizedByOther": by.other,
        }
    )
    return Revision(
        id=ids.new(),
        schema_name=kind,
        object_id=object_id,
        number=previous.number + 1 if previous else 1,
        snapshot=snapshot,
        hash=_hash(snapshot),
        at=at,
        individual=by.individual,
        other=by.other,
        predecessor_hash=previous.hash if previous else None,
        predecessor_signature=previous.signature if previous else None,
    )


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that does not hold."""

    where: str
    reason: str


def broken(revisions: Iterable[Revision], keys_: KeySet | None) -> Broken | None:
    """The first revision of one object that does not hold; None when its chain is whole. By number."""
    previous: Revision | None = None
    for each in revisions:
        reason = flaw(each, previous, keys_)
        if reason is not None:
            return Broken(each.place, reason)
        previous = each
    return None


def flaw(each: Revision, previous: Revision | None, known: KeySet | None) -> str | None:
    """Why a revision does not hold after `previous` (None: it must be the first); None when it holds."""
    if each.number != (previous.number + 1 if previous else 1):
        return "a revision before it is missing"
    if each.hash != _hash(each.snapshot):
        return "the snapshot does not have this hash"
    expected = (previous.hash, previous.signature) if previous else (None, None)
    if (each.predecessor_hash, each.predecessor_signature) != expected:
        return "it does not follow the revision before"
    if known is None or keys.payload(each.signature, known) != _claims(each):
        return "the signature is not ours"
    if not _says(each, orjson.loads(each.snapshot)):
        return "the columns do not say what the snapshot says"
    return None


def _says(each: Revision, snapshot: Mapping[str, Any]) -> bool:
    told = (
        snapshot.get("schemaName"),
        snapshot.get("objectId"),
        snapshot.get("timestamp"),
        snapshot.get("authorizedByIndividual"),
        snapshot.get("authorizedByOther"),
    )
    own = (each.schema_name, each.object_id, clock.text(each.at), each.individual, each.other)
    return told == own and clock.parse(str(told[2])) == each.at


def _claims(of: Revision) -> bytes:
    """What the signature covers: the hash stands for the snapshot, the rest for the place in the chain.

    The signature before is there by its hash: whole, each would hold all before it.
    """
    claims = {
        "id": str(of.id),
        "number": of.number,
        "hash": of.hash,
        "predecessorHash": of.predecessor_hash,
        "predecessorSignatureHash": _hash(of.predecessor_signature) if of.predecessor_signature else None,
        "timestamp": clock.text(of.at),
    }
    return canonical.text(claims).encode()


def _hash(snapshot: str) -> str:
    return sha256(snapshot.encode()).hexdigest()
