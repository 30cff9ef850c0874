"""What every broker promises; one class, run against each implementation."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import other_process
import pytest

from chassis import ids
from chassis.broker import Broker, Message, Record, Subscription, Topic, connect
from chassis.errors import Unavailable
from chassis.testing.servers import brokers

Join = Callable[..., Subscription]
PATIENCE_SECONDS = 40

_HOLDS_THE_GROUP = """
import contextlib, sys, time
from chassis.broker import connect
from chassis.errors import Unavailable
url, group, topic = sys.argv[1:]
member, records = connect(url).subscribe(group, [topic]), []
while not records:
    with contextlib.suppress(Unavailable):
        records = member.poll(10, 5)
print(len(records), flush=True)
time.sleep(600)
"""

_PUBLISHES = """
import sys
from chassis.broker import Message, connect
url, topic, name = sys.argv[1:]
broker = connect(url)
for number in range(50):
    broker.publish([Message(topic, name, f"{name}-{number}".encode(), {})])
"""


@pytest.fixture(params=brokers())
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a broker of this kind is."""
    return request.getfixturevalue("kafka").url if request.param == "kafka" else f"embedded://{tmp_path}/events"


@pytest.fixture
def topic(address: str) -> str:
    """A topic of this test alone, because some brokers outlive a test."""
    name = f"notes-{ids.code(1, 8).lower()}"
    broker = connect(address)
    broker.ensure([Topic(name, partitions=1, retention_days=1)])
    broker.close()
    return name


@pytest.fixture
def open_broker(address: str) -> Iterator[Callable[[], Broker]]:
    opened: list[Broker] = []

    def open_one() -> Broker:
        opened.append(connect(address))
        return opened[-1]

    yield open_one
    for broker in opened:
        broker.close()


@pytest.fixture
def broker(open_broker: Callable[[], Broker]) -> Broker:
    return open_broker()


@pytest.fixture
def join(broker: Broker, topic: str) -> Iterator[Join]:
    """`join(group)`: a member of a group, that leaves it with the test."""
    members: list[Subscription] = []

    def join_one(group: str = "readers", *topics: str) -> Subscription:
        members.append(broker.subscribe(of(topic, group), topics or [topic]))
        return members[-1]

    yield join_one
    for member in members:
        member.close()


def of(topic: str, group: str = "readers") -> str:
    """A group of this test alone: members of one group with other topics would wait for each other."""
    return f"{group}-of-{topic}"


def message(topic: str, value: str, key: str = "k") -> Message:
    return Message(topic, key, value.encode(), {"ce_type": "note"})


def taken(member: Subscription, wanted: int, *, commit: bool = True) -> list[Record]:
    """Poll until so many records came, or patience ends; a broker that is away is asked again, as a consumer does."""
    records: list[Record] = []
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(records) < wanted and time.monotonic() < deadline:
        try:
            polled = member.poll(100, 0.2)
        except Unavailable:
            continue
        if commit:
            member.commit(polled)
        records += polled
        if polled and not commit:
            break
    return records


def some(member: Subscription, limit: int) -> list[Record]:
    """One poll that brings something, however long it takes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(Unavailable):
            if polled := member.poll(limit, 1):
                return polled
    return []


def _one(member: Subscription, arrived: list[float]) -> None:
    member.commit(some(member, 1))
    arrived.append(time.monotonic())


def values(records: list[Record]) -> list[str]:
    return [record.value.decode() for record in records]


class TestBroker:
    def test_what_is_published_arrives_whole(self, broker: Broker, join: Join, topic: str) -> None:
        sent = Message(topic, "key of it", b'{"a": "\xc3\xa9"}', {"ce_id": "1", "traceparent": "00-x"})

        broker.publish([sent])

        [record] = taken(join(), 1)
        assert Message(record.topic, record.key, record.value, record.headers) == sent
        assert record.at.tzinfo is not None

    def test_a_keys_records_keep_their_order(self, broker: Broker, join: Join, topic: str) -> None:
        for number in range(60):
            broker.publish([message(topic, f"{key}{number}", key) for key in "ab"])

        records = taken(join(), 120)

        for key in "ab":
            assert values([r for r in records if r.key == key]) == [f"{key}{number}" for number in range(60)]

    def test_what_is_published_outlives_the_broker_object(self, open_broker: Callable[[], Broker], topic: str) -> None:
        first = open_broker()
        first.publish([message(topic, "kept")])
        first.close()

        member = open_broker().subscribe(of(topic), [topic])

        assert values(taken(member, 1)) == ["kept"]
        member.close()

    def test_a_cursor_outlives_the_broker_object(self, open_broker: Callable[[], Broker], topic: str) -> None:
        first = open_broker()
        first.publish([message(topic, "one"), message(topic, "two")])
        member = first.subscribe(of(topic), [topic])
        taken(member, 2)
        member.close()
        first.close()

        second = open_broker()
        second.publish([message(topic, "three")])
        again = second.subscribe(of(topic), [topic])

        assert values(taken(again, 1)) == ["three"]
        again.close()

    def test_a_second_member_waits_until_the_first_leaves(self, broker: Broker, join: Join, topic: str) -> None:
        first, second = join(), join()
        broker.publish([message(topic, "one")])
        assert values(taken(first, 1)) == ["one"]

        broker.publish([message(topic, "two")])
        assert second.poll(10, 0.5) == []
        first.close()

        assert values(taken(second, 1)) == ["two"]

    def test_a_dead_members_cursors_go_to_another(self, broker: Broker, join: Join, address: str, topic: str) -> None:
        broker.publish([message(topic, "one")])
        with other_process.running(_HOLDS_THE_GROUP, address, of(topic), topic) as process:
            assert other_process.line(process) == "1"
            second = join()
            assert second.poll(10, 0.5) == []

            other_process.kill(process)

            assert values(taken(second, 1)) == ["one"]

    def test_groups_do_not_touch_each_other(self, broker: Broker, join: Join, topic: str) -> None:
        readers, writers = join("readers"), join("writers")
        broker.publish([message(topic, "one")])

        assert values(taken(readers, 1)) == ["one"]
        assert values(taken(writers, 1)) == ["one"]

    def test_what_is_not_committed_comes_again(self, broker: Broker, join: Join, topic: str) -> None:
        broker.publish([message(topic, "one"), message(topic, "two")])
        first = join()
        taken(first, 2, commit=False)
        first.close()

        assert values(taken(join(), 2)) == ["one", "two"]

    def test_a_part_of_a_poll_can_be_committed(self, broker: Broker, join: Join, topic: str) -> None:
        broker.publish([message(topic, "one"), message(topic, "two")])
        first = join()
        first.commit(taken(first, 2, commit=False)[:1])
        first.close()

        assert values(taken(join(), 1)) == ["two"]

    def test_seek_to_the_start_replays_everything(self, broker: Broker, join: Join, topic: str) -> None:
        broker.publish([message(topic, "one"), message(topic, "two")])
        member = join()
        taken(member, 2)

        member.seek(topic, 0)

        assert values(taken(member, 2)) == ["one", "two"]

    def test_seek_stands_before_the_offset(self, broker: Broker, join: Join, topic: str) -> None:
        broker.publish([message(topic, "one"), message(topic, "two")])
        member = join()
        records = taken(member, 2)

        member.seek(topic, records[1].offset)

        assert values(taken(member, 1)) == ["two"]

    def test_lag_counts_what_a_group_has_not_committed(self, broker: Broker, join: Join, topic: str) -> None:
        broker.publish([message(topic, str(number)) for number in range(5)])
        assert broker.lag(of(topic), [topic]) == 5

        member = join()
        member.commit(taken(member, 5, commit=False)[:2])

        assert broker.lag(of(topic), [topic]) == 3

    def test_a_poll_returns_empty_when_its_time_is_over(self, join: Join) -> None:
        member = join()
        started = time.monotonic()

        assert member.poll(10, 0.3) == []
        assert 0.25 <= time.monotonic() - started < PATIENCE_SECONDS

    def test_a_poll_takes_no_more_than_asked(self, broker: Broker, join: Join, topic: str) -> None:
        broker.publish([message(topic, str(number)) for number in range(5)])
        member = join()
        first = some(member, 3)
        member.commit(first)

        assert len(first) == 3
        assert len(taken(member, 2)) == 2

    def test_a_waiting_member_wakes_at_once(self, broker: Broker, join: Join, topic: str) -> None:
        member = join()
        late: list[float] = []

        for _ in range(3):  # the machine may be busy once, not three times
            arrived: list[float] = []
            waiting = threading.Thread(target=lambda: _one(member, arrived))  # noqa: B023 - joined below
            waiting.start()
            time.sleep(0.3)
            published = time.monotonic()
            broker.publish([message(topic, "news")])
            waiting.join()
            late.append(arrived[0] - published)

        assert min(late) < 0.1

    def test_four_processes_lose_nothing_and_keep_their_order(
        self, broker: Broker, join: Join, address: str, topic: str
    ) -> None:
        names = ["a", "b", "c", "d"]
        assert other_process.finished(*(other_process.start(_PUBLISHES, address, topic, name) for name in names)) == (
            [0, 0, 0, 0]
        )

        records = taken(join(), 200)

        for name in names:
            assert values([r for r in records if r.key == name]) == [f"{name}-{number}" for number in range(50)]


def test_an_unknown_broker_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no broker"):
        connect("pigeons://loft")
