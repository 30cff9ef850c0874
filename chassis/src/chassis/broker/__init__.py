"""One protocol for every broker. Order is kept per key; delivery is at least once; nothing acknowledged is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """What is published: `key` keeps order, `headers` carry CloudEvents' attributes and the trace."""

    topic: str
    key: str
    value: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Record(Message):
    """What is polled: a message with its place."""

    partition: int
    offset: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Topic:
    """What a topic needs to be: one key's records share a partition; records go after so many days."""

    name: str
    partitions: int
    retention_days: int


class Overtaken(RuntimeError):
    """Records went before the group had read them, or the broker lost them. The cursors stand at the oldest record that
    is left; the producers' outboxes still have what is missing. `topics` are those concerned."""

    def __init__(self, topics: Sequence[str]) -> None:
        super().__init__(f"records are missing in {', '.join(topics)}")
        self.topics = tuple(topics)


class Subscription(Protocol):
    """One member's hold on a group's cursors."""

    def poll(self, limit: int, timeout_seconds: float) -> list[Record]:
        """Up to `limit` records after the group's cursors, oldest first in each key; empty when none came in time.
        What was polled and not committed comes again. Raises Unavailable, Overtaken."""
        ...

    def commit(self, records: Sequence[Record]) -> None:
        """Move the group's cursors past these records."""
        ...

    def seek(self, topic: str, offset: int) -> None:
        """Put the group's cursor of a topic before this offset; 0 replays all that is retained."""
        ...

    def close(self) -> None:
        """Give the cursors to another member."""
        ...


class Broker(Protocol):
    """Publishing and subscribing."""

    def ensure(self, topics: Sequence[Topic]) -> None:
        """Make the topics that are not there; one that is there stays as it is. Raises Unavailable."""
        ...

    def publish(self, messages: Sequence[Message]) -> None:
        """Durable when it returns. Raises Unavailable when the broker is away."""
        ...

    def subscribe(self, group: str, topics: Sequence[str]) -> Subscription:
        """Become a member of the group; members share the group's cursors."""
        ...

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """Records that the group has not committed yet. Raises Unavailable."""
        ...

    def close(self) -> None:
        """Let connections go."""
        ...


def connect(url: str) -> Broker:
    """The broker at this address: `embedded:///folder`, or `kafka://host:port,host:port` with PEM files for TLS as
    `?ca=…&certificate=…&key=…`. It need not be reachable yet. Raises ValueError for another scheme."""
    scheme, _, rest = url.partition("://")
    if scheme == "kafka":
        from chassis.broker.kafka import Kafka  # noqa: PLC0415 - only the broker that is used is loaded

        return Kafka(url)
    if scheme == "embedded":
        from chassis.broker.embedded import EmbeddedLog  # noqa: PLC0415 - as above

        return EmbeddedLog(rest)
    raise ValueError(f"there is no broker for {url}")
