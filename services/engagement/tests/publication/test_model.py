"""The chain of a publication record."""

import hashlib
import json
from dataclasses import replace
from types import ModuleType

from chassis import ids
from chassis.clock import text
from engagement.publication.model import START, Head, Publication, What, broken

PROCESS = ids.new()


def record(make: ModuleType, length: int = 3) -> list[Publication]:
    entries: list[Publication] = []
    head = Head()
    for number in range(length):
        entries.append(head.followed_by(PROCESS, What.RESCHEDULED, {"title": {"ar": f"خبر {number}"}}, make.NOON))
        head = Head(entries[-1].number, entries[-1].digest)
    return entries


def test_a_whole_record_holds(make: ModuleType) -> None:
    assert broken(record(make)) is None
    assert broken([]) is None


def test_each_kind_of_tampering_is_seen(make: ModuleType) -> None:
    first, second, third = record(make)

    assert broken([first, replace(second, content={"title": {"ar": "آخر"}}), third]) == 2
    assert broken([first, third]) == 3
    assert broken([second, third]) == 2
    assert broken([first, replace(second, what=What.CANCELLED), third]) == 2


def test_anyone_can_compute_the_digest_from_what_the_contract_says(make: ModuleType) -> None:
    first, _, _ = record(make)
    told = {
        "at": text(first.at),
        "content": first.content,
        "number": 1,
        "previous": START,
        "process": str(PROCESS),
        "what": "rescheduled",
    }

    spelled = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert hashlib.sha256(spelled.encode()).hexdigest() == first.digest
