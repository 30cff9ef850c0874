"""What stands on the broker: all records of all topics, from the embedded log's file or from Kafka."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kafka import KafkaConsumer, TopicPartition

_ANSWER_MS = 10_000


@dataclass(frozen=True)
class Record:
    """A record with its place; `id` and `type` are empty, and `data` None, where it does not say them."""

    topic: str
    partition: int
    offset: int
    key: str
    headers: dict[str, str]
    value: bytes

    @property
    def id(self) -> str:
        return self.headers.get("ce_id", "")

    @property
    def type(self) -> str:
        return self.headers.get("ce_type", "")

    @property
    def data(self) -> Any:
        try:
            return json.loads(self.value)
        except ValueError:
            return None


def read(url: str) -> list[Record]:
    """Every record that is retained, a partition's in its order."""
    scheme, _, rest = url.partition("://")
    return _embedded(Path(rest) / "events.db") if scheme == "embedded" else _kafka(url)


def _embedded(file: Path) -> list[Record]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT topic, seq, key, headers, value FROM event ORDER BY seq")
        return [Record(topic, 0, seq, key, json.loads(headers), value) for topic, seq, key, headers, value in rows]


def _kafka(url: str) -> list[Record]:
    parts = urlsplit(url)
    files = {f"ssl_{name}file": values[-1] for name, values in _renamed(parse_qs(parts.query)).items()}
    tls = {"security_protocol": "SSL", **files} if files else {}
    consumer = KafkaConsumer(bootstrap_servers=parts.netloc.split(","), enable_auto_commit=False, **tls)
    try:
        names = [name for name in consumer.topics() if not name.startswith("__")]
        places = [TopicPartition(name, part) for name in names for part in consumer.partitions_for_topic(name) or ()]
        return _all_of(consumer, places) if places else []
    finally:
        consumer.close()


def _all_of(consumer: KafkaConsumer, places: list[TopicPartition]) -> list[Record]:
    ends = consumer.end_offsets(places)
    consumer.assign(places)
    consumer.seek_to_beginning(*places)
    found: list[Record] = []
    while any(consumer.position(place, _ANSWER_MS) < ends[place] for place in places):
        for place, polled in consumer.poll(timeout_ms=500).items():
            found += [_record(each) for each in polled if each.offset < ends[place]]
    return sorted(found, key=lambda record: (record.topic, record.partition, record.offset))


def _renamed(given: dict[str, list[str]]) -> dict[str, list[str]]:
    names = {"ca": "ca", "certificate": "cert", "key": "key"}
    return {names[name]: values for name, values in given.items()}


def _record(each: Any) -> Record:
    headers = {name: value.decode() for name, value in each.headers}
    return Record(each.topic, each.partition, each.offset, (each.key or b"").decode(), headers, each.value or b"")
