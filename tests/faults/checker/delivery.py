"""I4, I11, I14: from the outbox by the topics to the inboxes, all of it, in order; what is dead was poison."""

from collections import defaultdict
from itertools import combinations

from tests.faults.checker.declared import HANDLES
from tests.faults.checker.evidence import BLOCKS, Evidence
from tests.faults.checker.instants import seconds
from tests.faults.checker.rows import Row
from tests.faults.checker.topics import Record

_DEAD = "-dlq"
_COMMUTE = {f"engagement.{fact}.v1" for fact in ("proposal-endorsed", "endorsement-withdrawn", "comment-posted")}
_AT_ONCE_SECONDS = 2.0


def complete(evidence: Evidence) -> list[str]:
    """I4."""
    on_topics = {(record.topic, record.id) for record in evidence.records}
    told = {row["id"] for row in evidence.events}
    found = [
        f"event {row['id']} waits in the outbox of {row['block']}" for row in evidence.events if not row["published_at"]
    ]
    found += [
        f"{row['type']} {row['id']} is not on its topic"
        for row in evidence.events
        if (row["topic"], row["id"]) not in on_topics
    ]
    found += [
        f"record {record.id} on {record.topic} is in no outbox"
        for record in evidence.records
        if not record.topic.endswith(_DEAD) and record.id not in told | evidence.planted
    ]
    found += [
        f"a job of {block} is {row['state']}: {row['kind']} {row['key']}"
        for block in BLOCKS
        for row in evidence.rows(block, "job")
        if row["state"] != "done"
    ]
    return found + _handled(evidence)


def ordered(evidence: Evidence) -> list[str]:
    """I11. An event may come again; what counts is when it came first."""
    first: dict[tuple[str, str], list[str]] = defaultdict(list)
    seen: set[str] = set()
    for record in evidence.records:
        if not record.topic.endswith(_DEAD) and record.id not in seen | evidence.planted:
            seen.add(record.id)
            first[record.topic, record.key].append(record.id)
    told: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in evidence.events:
        if row["id"] in seen:
            told[row["topic"], row["key"]].append(row)
    found = [
        f"{later['type']} {later['id']} about {key} came before {earlier['type']} on {topic}"
        for (topic, key), rows in told.items()
        for earlier, later in _swapped(rows, first[topic, key])
    ]
    return found + _handled_in_order(evidence, first)


def dead(evidence: Evidence) -> list[str]:
    """I14."""
    poison = {(line["topic"] + _DEAD, line["id"]) for line in evidence.lines("planted") if line["poison"]}
    letters = [record for record in evidence.records if record.topic.endswith(_DEAD)]
    found = [
        f"{record.id} on {record.topic} was not poison" for record in letters if (record.topic, record.id) not in poison
    ]
    found += [
        f"the poison {event} did not reach {topic}"
        for topic, event in poison - {(each.topic, each.id) for each in letters}
    ]
    found += [f"{record.id} on {record.topic} says no reason" for record in letters if not _says_why(record)]
    buried = {record.id for record in letters}
    found += [
        f"{block} gave up on {row['event_id']}, which is on no dead-letter topic"
        for block in BLOCKS
        for row in evidence.rows(block, "inbox")
        if row["dead"] and row["event_id"] not in buried
    ]
    return found


def _handled(evidence: Evidence) -> list[str]:
    """Each group's inbox has what it subscribed to, and nothing that nobody told."""
    kinds = {row["id"]: row["type"] for row in evidence.events}
    found = []
    for block in BLOCKS:
        inbox = {row["event_id"] for row in evidence.rows(block, "inbox")}
        wanted = {event for event, kind in kinds.items() if kind in HANDLES.get(block, ())}
        found += [f"{block} has not handled {kinds[event]} {event}" for event in sorted(wanted - inbox)]
        found += [f"{block} handled {event}, which nobody told" for event in sorted(inbox - wanted - evidence.planted)]
    return found


def _swapped(rows: list[Row], came: list[str]) -> list[tuple[Row, Row]]:
    """Pairs that the outbox has in this order and the topic in the other. Two people may speak about one proposal at
    the same time: which of two open transactions commits first, nobody promises."""
    place = {event: number for number, event in enumerate(came)}
    return [
        (earlier, later)
        for earlier, later in combinations(rows, 2)
        if place[earlier["id"]] > place[later["id"]] and not _at_once(earlier, later)
    ]


def _at_once(one: Row, other: Row) -> bool:
    apart = abs(seconds(one["occurred_at"]) - seconds(other["occurred_at"]))
    return {one["type"], other["type"]} <= _COMMUTE and apart < _AT_ONCE_SECONDS


def _handled_in_order(evidence: Evidence, came: dict[tuple[str, str], list[str]]) -> list[str]:
    found = []
    for block in HANDLES:
        at = {row["event_id"]: row["handled_at"] for row in evidence.rows(block, "inbox") if not row["dead"]}
        for (topic, key), ids in came.items():
            instants = [at[event] for event in ids if event in at]
            if instants != sorted(instants):
                found.append(f"{block} handled the facts about {key} on {topic} in another order")
    return found


def _says_why(record: Record) -> bool:
    return bool(record.headers.get("baraza_reason") and record.headers.get("baraza_group"))
