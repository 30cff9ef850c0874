"""The consumer: each event has its effect once, whatever fails and when."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import note_block
import orjson
import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import func, insert, select

import contracts
from chassis import ids
from chassis.app import App
from chassis.broker import Message
from chassis.broker.embedded import EmbeddedLog
from chassis.clock import FixedClock, text
from chassis.consumer import Consumer, Stopped
from chassis.database import Transaction
from chassis.errors import Unavailable
from chassis.events import Event
from chassis.failpoints import Failed
from chassis.tables import inbox

TOPIC = contracts.topic_of(note_block.TYPE)
DEAD = f"{TOPIC}-dlq"
MakeApp = Callable[..., App]


@pytest.fixture
def consume(broker: EmbeddedLog) -> Iterator[Callable[[App], Consumer]]:
    """`consume(app)`: a member of the app's group; one before it leaves first, as after a restart."""
    members: list[Consumer] = []

    def join(app: App) -> Consumer:
        for member in members:
            member.close()
        members.append(Consumer(app.runtime, broker))
        return members[-1]

    yield join
    for member in members:
        member.close()


def record(event: Event, **headers: str) -> Message:
    said = {"ce_id": str(event.id), "ce_type": event.type, "ce_time": text(event.at)}
    return Message(TOPIC, event.key, orjson.dumps(event.data), said | headers)


def publish(broker: EmbeddedLog, *keys: str) -> None:
    broker.publish([record(note_block.told(key)) for key in keys])


def heard(app: App) -> list[str]:
    with app.runtime.reading() as tx:
        return [row.key for row in tx.execute(select(note_block.heard.c.key).order_by(note_block.heard.c.id))]


def inbox_rows(app: App, *, dead: bool) -> int:
    with app.runtime.reading() as tx:
        wanted = select(func.count()).select_from(inbox).where(inbox.c.dead.is_(dead))
        return int(tx.execute(wanted).scalar_one())


def dead_letters(broker: EmbeddedLog) -> list[tuple[str, str]]:
    return [(dead.key, dead.headers["baraza_reason"]) for dead in broker.read("a test", [DEAD], 100)]


def counted(app: App, name: str, **labels: str) -> float:
    return app.runtime.metrics.registry.get_sample_value(name, labels) or 0


def listening(handler: Callable[[Transaction, Event], None]) -> object:
    return replace(note_block.declared(), subscriptions={note_block.TYPE: handler})


def test_what_is_published_is_handled_and_committed(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    publish(broker, "a", "b")

    assert consume(app).once(1) == 2
    assert heard(app) == ["a", "b"]
    assert broker.lag("notes", [TOPIC]) == 0


def test_a_batch_is_one_transaction(app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]) -> None:
    commits: list[object] = []
    sql_event.listen(app.runtime.database.engine, "commit", commits.append)
    publish(broker, *"abcdefghij")

    consume(app).once(1)

    assert len(commits) == 1


def test_a_poisoned_record_goes_to_the_dead_letters_and_the_others_are_handled(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    publish(broker, "a", "poison", "b")

    consume(app).once(1)

    assert heard(app) == ["a", "b"]
    assert dead_letters(broker) == [("poison", "ValueError")]
    assert inbox_rows(app, dead=True) == 1
    assert counted(app, "mesh_events_dead_total", topic=TOPIC) == 1
    assert broker.lag("notes", [TOPIC]) == 0


def test_a_dead_letter_is_the_record_itself_with_the_reason_and_the_group(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    sent = record(note_block.told("poison"), traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    broker.publish([sent])

    consume(app).once(1)

    [dead] = broker.read("a test", [DEAD], 10)
    assert (dead.key, dead.value) == (sent.key, sent.value)
    assert dead.headers == sent.headers | {"baraza_reason": "ValueError", "baraza_group": "notes"}


@pytest.mark.parametrize(
    "broken",
    [
        Message(TOPIC, "k", b"{bad", {"ce_id": str(ids.new()), "ce_type": note_block.TYPE, "ce_time": "2026-06-01Z"}),
        record(replace(note_block.told(), data={"unexpected": 1})),
        record(note_block.told(), ce_id="not an id"),
        record(note_block.told(), ce_time="yesterday"),
        Message(TOPIC, "k", b"{}", {"ce_type": note_block.TYPE}),
    ],
    ids=["no JSON", "breaks its schema", "id", "time", "headers missing"],
)
def test_what_is_not_an_event_is_dead_at_once_and_stays_so(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer], broken: Message
) -> None:
    broker.publish([broken, broken])
    publish(broker, "good")

    consumer = consume(app)
    while consumer.once(0.1):
        pass

    assert heard(app) == ["good"]
    assert len(dead_letters(broker)) == 2
    assert broker.lag("notes", [TOPIC]) == 0


def test_ten_dead_in_a_row_stop_the_consumer(app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]) -> None:
    publish(broker, *["poison"] * 12)

    with pytest.raises(Stopped):
        consume(app).once(1)

    assert len(dead_letters(broker)) == 10
    assert broker.lag("notes", [TOPIC]) == 3  # the tenth's cursor too: after a restart the inbox knows it


def test_a_good_record_between_dead_ones_keeps_the_consumer_running(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    publish(broker, *["poison"] * 9, "good", *["poison"] * 9)

    consume(app).once(1)

    assert len(dead_letters(broker)) == 18
    assert heard(app) == ["good"]


def test_what_cannot_be_handled_now_waits_and_is_handled(
    make_app: MakeApp, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    tries: list[str] = []

    def handler(tx: Transaction, event: Event) -> None:
        tries.append(event.key)
        if len(tries) == 1:
            raise Unavailable("not now")
        note_block.on_decided(tx, event)

    app = make_app(service=listening(handler))
    publish(broker, "a")
    consumer = consume(app)

    assert consumer.once(1) == 0
    assert broker.lag("notes", [TOPIC]) == 1
    assert consumer.once(1) == 1
    assert heard(app) == ["a"]
    assert dead_letters(broker) == []


def test_a_type_that_the_block_does_not_know_is_passed_over(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    broker.publish([Message(TOPIC, "k", b"{}", {"ce_type": "engagement.process-forgotten.v9"})])
    broker.publish([Message(TOPIC, "k", b"anything", {})])

    assert consume(app).once(1) == 2
    assert dead_letters(broker) == []
    assert broker.lag("notes", [TOPIC]) == 0


def test_a_duplicate_has_no_second_effect_and_is_counted(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    sent = record(note_block.told("a"))
    broker.publish([sent, sent])

    consume(app).once(1)

    assert heard(app) == ["a"]
    assert counted(app, "mesh_events_duplicate_total") == 1


def test_a_member_that_the_event_does_not_know_yet_is_let_through(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    broker.publish([record(note_block.told("a"), ce_newattribute="x")])

    consume(app).once(1)

    assert heard(app) == ["a"]


@pytest.mark.parametrize("point", ["consumer.before_transaction", "consumer.after_transaction"])
def test_a_crash_beside_the_transaction_is_one_effect(
    make_app: MakeApp, broker: EmbeddedLog, consume: Callable[[App], Consumer], point: str
) -> None:
    app = make_app(failpoints=f"{point}:error")
    publish(broker, "a")

    with pytest.raises(Failed):
        consume(app).once(1)
    consume(app).once(1)

    assert heard(app) == ["a"]
    assert broker.lag("notes", [TOPIC]) == 0


def test_inbox_row_and_effect_are_undone_together(
    make_app: MakeApp, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    def handler(tx: Transaction, event: Event) -> None:
        tx.execute(insert(note_block.heard), {"id": ids.new(), "key": event.key})
        raise Unavailable("after the effect")

    app = make_app(service=listening(handler))
    publish(broker, "a")

    consume(app).once(1)

    assert heard(app) == []
    assert inbox_rows(app, dead=False) == 0


def test_two_groups_hear_the_same_event(
    make_app: MakeApp, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    publish(broker, "a")
    first = make_app(database="first")
    second = make_app(database="second", service=replace(note_block.declared(), name="others"))

    consume(first).once(1)
    consume(second).once(1)

    assert heard(first) == heard(second) == ["a"]


def test_how_long_an_event_took_is_measured(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer], clock: FixedClock
) -> None:
    publish(broker, "a")
    [published] = broker.read("a test", [TOPIC], 1)
    clock.move(seconds=(published.at - clock()).total_seconds() + 3)

    consume(app).once(1)

    assert counted(app, "mesh_event_handled_seconds_sum", topic=TOPIC) == pytest.approx(3)


def test_a_stopping_consumer_leaves_what_waits_for_the_next(
    app: App, broker: EmbeddedLog, consume: Callable[[App], Consumer]
) -> None:
    publish(broker, "a", "poison")
    app.runtime.stopping.set()

    consume(app).once(1)

    assert broker.lag("notes", [TOPIC]) == 2
    assert dead_letters(broker) == []
