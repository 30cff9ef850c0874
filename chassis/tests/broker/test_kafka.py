"""What only a cluster can do: lose a node, lose records, share partitions among members. Runs where Kafka is."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from kafka import KafkaAdminClient, TopicPartition

from chassis import ids
from chassis.broker import Message, Overtaken, Record, Subscription, Topic
from chassis.broker.kafka import Kafka, clients, group
from chassis.errors import Unavailable
from chassis.local.kafka import LocalKafka

PATIENCE_SECONDS = 60
T = TypeVar("T")


pytestmark = [
    pytest.mark.usefixtures("kafka"),
    pytest.mark.filterwarnings(
        "ignore:unclosed:ResourceWarning",  # kafka-python forgets refused sockets, which our broker then sweeps
        "ignore::pytest.PytestUnraisableExceptionWarning",
    ),
]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[int], LocalKafka]]:
    """`start(nodes)`: a cluster of this test alone."""
    started: list[LocalKafka] = []

    def one(nodes: int) -> LocalKafka:
        started.append(LocalKafka(tmp_path / "kafka", nodes))
        started[-1].start()
        return started[-1]

    yield one
    for node in (each for cluster in started for each in cluster.nodes):
        node.kill()  # the last of three could not say good-bye to the others


@pytest.fixture
def shared(request: pytest.FixtureRequest) -> Iterator[Kafka]:
    """The cluster of the whole session."""
    broker = Kafka(request.getfixturevalue("kafka").url)
    yield broker
    broker.close()


def a_topic(broker: Kafka, partitions: int = 1) -> str:
    name = f"notes-{ids.code(1, 8).lower()}"
    broker.ensure([Topic(name, partitions, retention_days=1)])
    return name


def notes(topic: str, numbers: range, key: str = "k") -> list[Message]:
    return [Message(topic, key, str(number).encode(), {}) for number in numbers]


def patiently(act: Callable[[], T]) -> T:
    """What the relay does: again until the broker takes it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return act()
        except Unavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def numbers(member: Subscription, wanted: int) -> list[int]:
    """Poll and commit until so many different values came, or patience ends; first arrivals, in their order."""
    found: dict[int, None] = {}
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(found) < wanted and time.monotonic() < deadline:
        polled: list[Record] = patiently(lambda: member.poll(100, 0.5))
        found |= {int(record.value): None for record in polled}
        member.commit(polled)
    return list(found)


def test_a_topic_that_is_there_stays_as_it_is(shared: Kafka) -> None:
    topic = a_topic(shared, partitions=3)

    shared.ensure([Topic(topic, 8, 1)])

    assert len({each.partition for each in _spread(shared, topic)}) == 3


def test_members_share_the_partitions_and_a_leavers_go_to_the_others(shared: Kafka) -> None:
    topic, group = a_topic(shared, partitions=4), f"g-{ids.code(1, 8)}"
    keys = [f"key-{number}" for number in range(20)]
    seen: list[tuple[str, int]] = []
    by_member: dict[str, set[int]] = {"first": set(), "second": set()}
    leave, finished = threading.Event(), threading.Event()

    def consume(name: str, until: threading.Event) -> None:
        member = shared.subscribe(group, [topic])
        while not until.is_set():
            records = patiently(lambda: member.poll(20, 0.2))
            seen.extend((record.key, int(record.value)) for record in records)
            by_member[name] |= {record.partition for record in records}
            member.commit(records)
        member.close()

    threads = [
        threading.Thread(target=consume, args=("first", finished)),
        threading.Thread(target=consume, args=("second", leave)),
    ]
    for thread in threads:
        thread.start()
    sent = 0
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (all(by_member.values()) or time.monotonic() > deadline):
        shared.publish([Message(topic, key, str(sent).encode(), {}) for key in keys])
        sent += 1
        time.sleep(0.1)
    leave.set()
    for _ in range(5):
        shared.publish([Message(topic, key, str(sent).encode(), {}) for key in keys])
        sent += 1
    while len(set(seen)) < sent * len(keys) and time.monotonic() < deadline:
        time.sleep(0.1)
    finished.set()
    for thread in threads:
        thread.join()

    assert all(by_member.values()), "both members had a part"
    assert by_member["first"] == {0, 1, 2, 3}, "and the one that stayed has all"
    for key in keys:
        first_arrivals = list(dict.fromkeys(value for name, value in seen if name == key))
        assert first_arrivals == list(range(sent)), "nothing lost, order kept"


def test_what_retention_removed_is_said_and_the_rest_is_read(shared: Kafka) -> None:
    topic, group = a_topic(shared), f"g-{ids.code(1, 8)}"
    shared.publish(notes(topic, range(10)))
    member = shared.subscribe(group, [topic])
    read = patiently(lambda: member.poll(3, 20))
    member.commit(read)
    member.close()
    admin = KafkaAdminClient(**shared.options)
    admin.delete_records({TopicPartition(topic, 0): 6})
    admin.close()

    again = shared.subscribe(group, [topic])
    with pytest.raises(Overtaken) as overtaken:
        patiently(lambda: again.poll(10, 20))

    assert [int(record.value) for record in read] == [0, 1, 2]
    assert overtaken.value.topics == (topic,)
    assert numbers(again, 4) == [6, 7, 8, 9]
    again.close()


def test_a_broker_that_dies_and_returns_has_all_that_it_acknowledged(start: Callable[[int], LocalKafka]) -> None:
    cluster = start(1)
    broker = Kafka(cluster.url)
    topic = a_topic(broker)
    member = broker.subscribe("readers", [topic])
    broker.publish(notes(topic, range(5)))
    assert numbers(member, 5) == [0, 1, 2, 3, 4]

    cluster.nodes[0].kill()
    with pytest.raises(Unavailable):
        broker.publish(notes(topic, range(5, 10)))
    cluster.nodes[0].start()
    patiently(lambda: broker.publish(notes(topic, range(5, 10))))

    assert numbers(member, 5) == [5, 6, 7, 8, 9]
    member.close()
    broker.close()


def test_one_of_three_nodes_dies_and_nobody_waits_for_it(start: Callable[[int], LocalKafka]) -> None:
    cluster = start(3)
    broker = Kafka(cluster.url)
    topic = a_topic(broker)
    member = broker.subscribe("readers", [topic])
    broker.publish(notes(topic, range(5)))
    assert numbers(member, 5) == [0, 1, 2, 3, 4]

    for number, node in enumerate(cluster.nodes, 1):  # whichever leads is among them; two are always up
        node.kill()
        patiently(lambda number=number: broker.publish(notes(topic, range(5 * number, 5 * number + 5))))  # type: ignore[misc]
        node.start()

    assert numbers(member, 15) == list(range(5, 20))
    member.close()
    broker.close()


def test_a_broker_that_is_nowhere_is_unavailable_and_no_error_of_ours() -> None:
    broker = Kafka("kafka://127.0.0.1:1")
    member = broker.subscribe("readers", ["notes"])

    with pytest.raises(Unavailable):
        broker.publish(notes("notes", range(1)))
    with pytest.raises(Unavailable):
        member.poll(1, 0.1)
    with pytest.raises(Unavailable):
        broker.lag("readers", ["notes"])
    member.close()
    broker.close()


@pytest.mark.parametrize("others", [0, 1])
def test_a_member_whom_the_cluster_forgot_joins_again(
    shared: Kafka, others: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also beside one that is still known and holds all partitions meanwhile."""
    topic, name = a_topic(shared), f"g-{ids.code(1, 8)}"
    member = shared.subscribe(name, [topic])
    patiently(lambda: member.poll(1, 1))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (known := clients.known_members(shared.options, name)) and time.monotonic() < deadline:
        patiently(lambda: member.poll(1, 1))

    monkeypatch.setattr(group, "_DOUBT_SECONDS", 0.0)
    with monkeypatch.context() as forgetting:
        forgetting.setattr(clients, "known_members", lambda *_: {f"another-{n}" for n in range(others)})
        with pytest.raises(Unavailable):
            member.poll(1, 0.1)
    monkeypatch.undo()
    shared.publish(notes(topic, range(3)))

    assert known
    assert numbers(member, 3) == [0, 1, 2]
    assert not known & clients.known_members(shared.options, name), "as a new member"
    member.close()


def test_an_address_with_unknown_options_is_refused() -> None:
    with pytest.raises(ValueError, match="no colour"):
        Kafka("kafka://127.0.0.1:9092?colour=red")


def _spread(broker: Kafka, topic: str) -> list[Record]:
    broker.publish([Message(topic, f"key-{number}", b"0", {}) for number in range(100)])
    member, found = broker.subscribe(f"g-{ids.code(1, 8)}", [topic]), list[Record]()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(found) < 100 and time.monotonic() < deadline:
        found += (polled := patiently(lambda: member.poll(100, 1)))
        member.commit(polled)
    member.close()
    return found
