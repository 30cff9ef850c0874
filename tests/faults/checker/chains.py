"""I10: the mediator's message log and the contributions' log, as anyone can verify them."""

import base64
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256, sha512

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from tests.faults.checker.evidence import Evidence
from tests.faults.checker.rows import Row

_PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----", re.S)
_NAMED = {"kind": "kind", "request_id": "requestId", "at": "at", "client": "client", "service": "service"}


def whole(evidence: Evidence) -> list[str]:
    """Chain, signed heads, pairs, the client's own view, the leaves of the process log."""
    return _chain(evidence) + _heads(evidence) + _pairs(evidence) + _seen(evidence) + _leaves(evidence)


def _chain(evidence: Evidence) -> list[str]:
    last, found = bytes(64), []
    for seq, row in enumerate(evidence.rows("gateway", "message_record"), 1):
        told = json.loads(row["content"]) if row["content"].startswith("{") else {}
        if row["seq"] != seq or told.get("seq") != row["seq"]:
            found.append(f"record {seq} of the message log is missing or in another place")
        elif bytes(row["hash"]) != sha512(last + row["content"].encode()).digest():
            found.append(f"record {seq} of the message log was altered")
        elif any(told.get(name) != row[column] for column, name in _NAMED.items()):
            found.append(f"record {seq} of the message log says two things")
        last = bytes(row["hash"])
    return found


def _heads(evidence: Evidence) -> list[str]:
    """Each signed head is a record's, by a key of the mediator; the last record is signed."""
    hashes = {row["seq"]: bytes(row["hash"]) for row in evidence.rows("gateway", "message_record")}
    keys, heads = list(_keys(evidence.log_keys)), evidence.rows("gateway", "message_head")
    found = []
    for head in heads:
        statement = f"baraza message log {evidence.instance} {head['seq']} {bytes(head['hash']).hex()}".encode()
        if hashes.get(head["seq"]) != bytes(head["hash"]):
            found.append(f"signed head {head['seq']} is no record's")
        elif not any(_signed(key, bytes(head["signature"]), statement) for key in keys):
            found.append(f"signed head {head['seq']} has no signature of ours")
    if hashes and (not heads or heads[-1]["seq"] != max(hashes)):
        found.append("the end of the message log is not signed")
    return found


def _pairs(evidence: Evidence) -> list[str]:
    """A response follows its request. A request without one is that of a mediator that died meanwhile."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in evidence.rows("gateway", "message_record"):
        kinds[row["request_id"]].append(row["kind"])
    whole = (["request", "response"], ["request"], ["refusal"])
    return [f"exchange {one} has the records {had}" for one, had in kinds.items() if had not in whole]


def _seen(evidence: Evidence) -> list[str]:
    """What the client was answered stands in the log as it came: status and body."""
    records: dict[tuple[str, str], dict[str, object]] = {}
    for row in evidence.rows("gateway", "message_record"):
        if row["content"].startswith("{"):
            records[row["request_id"], row["kind"]] = json.loads(row["content"])
    found = []
    for line in evidence.lines("attempt"):
        if line["exchange"] and line["status"] is not None:
            said = records.get((line["exchange"], "response"), {})
            if said.get("statusCode") != line["status"] or said.get("bodySha512") != line["answered"]:
                found.append(f"exchange {line['exchange']} was answered {line['status']}; the log says otherwise")
            if records.get((line["exchange"], "request"), {}).get("bodySha512") != line["body"]:
                found.append(f"the request of exchange {line['exchange']} is not the one in the log")
    return found


def _leaves(evidence: Evidence) -> list[str]:
    """Each public contribution has its leaf, whose hash covers it (RFC 6962 §2.1)."""
    rows = evidence.rows("engagement", "process_log")
    found = [f"leaf {row['code']} was altered" for row in rows if row["leaf"] != _leaf(row)]
    logged = {row["contribution_id"] for row in rows}
    for table in ("proposal", "comment", "endorsement"):
        ids = {row["id"] for row in evidence.rows("engagement", table) if row.get("state") != "draft"}
        found += [f"{table} {one} has no leaf" for one in sorted(ids - logged)]
    return found


def _leaf(row: Row) -> str:
    entry = [row[name] for name in ("process_id", "kind", "contribution_id", "content_hash", "channel")]
    hour = f"{row['at'][:13]}Z"
    return sha256(b"\0" + json.dumps([*entry, hour], separators=(",", ":")).encode()).hexdigest()


def _keys(text: str) -> Iterator[Ed25519PublicKey]:
    for found in _PEM.finditer(text):
        pem = found.group().encode()
        key = load_pem_public_key(pem) if b"PUBLIC" in pem else load_pem_private_key(pem, None)
        if isinstance(key, Ed25519PrivateKey):
            yield key.public_key()
        elif isinstance(key, Ed25519PublicKey):
            yield key


def _signed(key: Ed25519PublicKey, signature: bytes, statement: bytes) -> bool:
    try:
        key.verify(signature, statement)
    except InvalidSignature:
        return False
    return True


def body_hash(body: bytes) -> str:
    """As the message log writes it."""
    return base64.b64encode(sha512(body).digest()).decode()
