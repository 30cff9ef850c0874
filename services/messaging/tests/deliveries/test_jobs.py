"""The queue: nothing is lost, nothing is sent twice, and nothing is left behind."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import fake_smtp
import make
import pytest
from fake_gateway import FakeGateway
from fake_smtp import FakeSmtp
from sqlalchemy import RowMapping

from chassis import app as chassis_app
from chassis.app import App
from chassis.clock import FixedClock
from chassis.failpoints import Failed, Failpoints
from chassis.runtime import Runtime
from chassis.sealing import Sealer
from chassis.testing.client import Client
from messaging.app import SERVICE
from messaging.channels.model import DELIVERED
from messaging.channels.null import NullChannel
from messaging.deliveries import actions, jobs

Rows = Callable[[str], list[RowMapping]]
Deliver = Callable[..., int]
Hear = Callable[..., None]


@pytest.mark.parametrize(
    ("script", "statuses", "copies"),
    [
        (["451 later", "451 later", "250 OK"], ["deferred", "deferred", "delivered"], 1),
        (["550 unknown"], ["bounced"], 0),
        ([fake_smtp.DROP, "250 OK"], ["deferred", "delivered"], 1),
        ([fake_smtp.ACCEPT_THEN_SILENCE, "250 OK"], ["deferred", "delivered"], 2),
    ],
)
def test_faults_of_a_mail_server(
    demo: Client, smtp: FakeSmtp, deliver: Deliver, clock: FixedClock, rows: Rows,
    script: list[str], statuses: list[str], copies: int,
) -> None:  # fmt: skip
    smtp.script.extend(script)
    demo.post("/send/email/single", make.email())

    for _ in range(5):
        deliver()
        clock.move(minutes=1)

    assert [row["status"] for row in rows("delivery")] == statuses
    assert len(smtp.mails) == copies
    assert len(set(smtp.message_ids)) == min(copies, 1)


def test_a_server_that_is_away_for_a_day_ends_the_message(
    demo: Client, deliver: Deliver, clock: FixedClock, rows: Rows
) -> None:
    demo.post("/send/email/single", make.email())

    while deliver(smtp_port=1) or rows("message")[0]["settled_at"] is None:
        clock.move(minutes=20)

    (message,) = rows("message")
    assert (message["status"], message["reason"], message["letter"]) == ("notSent", "expired", None)
    assert 60 < message["attempts"] < 80


def test_a_slow_server_is_waited_for(demo: Client, smtp: FakeSmtp, deliver: Deliver, rows: Rows) -> None:
    smtp.delay_seconds = 0.4
    demo.post("/send/email/single", make.email())

    deliver()

    assert [row["status"] for row in rows("message")] == ["delivered"]


def test_a_crash_after_acceptance_sends_one_copy_more_of_the_same_mail(
    app: App, hear: Hear, smtp: FakeSmtp, rows: Rows
) -> None:
    hear(make.feedback_due())
    dying = replace(app.runtime, failpoints=Failpoints(f"{jobs.AFTER_ACCEPT}:error", SERVICE.failpoints))
    with closing(jobs.channel(dying)) as way, pytest.raises(Failed):
        jobs.deliver_due(dying, way)

    with _delivering(app.runtime):
        _until(lambda: rows("message")[0]["status"] == "delivered")

    assert len(smtp.mails) == 2
    assert len(set(smtp.message_ids)) == 1
    assert len(rows("outbox")) == 1


def test_a_failed_record_is_made_up_for_without_a_restart(app: App, demo: Client, smtp: FakeSmtp, rows: Rows) -> None:
    demo.post("/send/email/single", make.email())
    failing = replace(app.runtime, failpoints=Failpoints(f"{jobs.AFTER_ACCEPT}:error", SERVICE.failpoints))

    with _delivering(failing):
        _until(lambda: rows("message")[0]["status"] == "delivered")

    assert len(set(smtp.message_ids)) == 1


def test_the_queue_survives_a_restart(app: App, demo: Client, smtp: FakeSmtp, clock: FixedClock, broker: Any) -> None:
    demo.post("/send/email/batch", make.batch(*(f"p{number}@example.org" for number in range(20))))
    with app.runtime.transaction() as tx:
        actions.claim(tx, 5, at=clock(), sealer=app.runtime.sealer)
    app.runtime.database.close()

    again = chassis_app.create(SERVICE, app.runtime.settings, at=clock, broker=broker, roles=("tick",))
    again.workers.start()
    _until(lambda: len(smtp.mails) == 20)
    again.workers.stop()
    again.runtime.database.close()

    assert len(set(smtp.message_ids)) == 20


def test_stopping_lets_what_is_claimed_wait_for_the_next(app: App, demo: Client, smtp: FakeSmtp, rows: Rows) -> None:
    smtp.delay_seconds = 0.2
    demo.post("/send/email/batch", make.batch(*(f"p{number}@example.org" for number in range(40))))

    with _delivering(app.runtime):
        _until(lambda: len(smtp.mails) > 3)

    counted = Counter(row["status"] for row in rows("message"))
    assert counted["delivered"] == len(smtp.mails) < 40
    assert counted["processing"] == 0


def test_concurrent_workers_send_one_mail_each(app: App, demo: Client, smtp: FakeSmtp, rows: Rows) -> None:
    demo.post("/send/email/batch", make.batch(*(f"p{number}@example.org" for number in range(60))))

    def work(_: int) -> int:
        with closing(jobs.channel(app.runtime)) as way:
            return sum(iter(lambda: jobs.deliver_due(app.runtime, way, 3), 0))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 60

    assert len(smtp.mails) == len({to for (to,) in smtp.recipients}) == 60
    assert {row["attempts"] for row in rows("message")} == {1}


def test_a_message_settled_by_another_worker_is_not_recorded_twice(app: App, demo: Client, rows: Rows) -> None:
    demo.post("/send/email/single", make.email())
    with app.runtime.transaction() as tx:
        (message,) = actions.claim(tx, 1, at=app.runtime.clock(), sealer=app.runtime.sealer)

    for _ in range(2):
        with app.runtime.transaction() as tx:
            actions.record(tx, message, DELIVERED, channel="null", at=app.runtime.clock())

    assert len(rows("delivery")) == 1


def test_hundreds_of_notices_leave_in_seconds(
    app: App, hear: Hear, smtp: FakeSmtp, gateway: FakeGateway, rows: Rows
) -> None:
    for number in range(150):
        entry = {"id": f"e{number}", "displayName": "P", "email": f"p{number}@example.org"}
        gateway.contacts[f"e{number}"] = entry
    hear(*(make.feedback_due(f"e{number}") for number in range(150)))

    with _delivering(app.runtime):
        _until(lambda: all(row["settled_at"] for row in rows("message")), 20)

    assert len(set(smtp.message_ids)) == len(smtp.mails) == 150
    assert len(rows("outbox")) == 150
    assert smtp.connections <= app.runtime.settings.delivery_threads


def test_addresses_and_texts_leave_no_trace(
    app: App, demo: Client, deliver: Deliver, hear: Hear, gateway: FakeGateway, smtp: FakeSmtp, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    gateway.contacts["entry-ann"] = {"id": "entry-ann", "displayName": "canary-name", "email": "canary3@example.org"}
    smtp.refuse["canary2@example.org"] = "451 canary2@example.org is busy"
    body = make.email("canary1@example.org", emailContent={"title": "canary-title", "content": "canary-text"})
    demo.post("/send/email/single", body)
    waiting = _bytes(tmp_path)
    demo.post("/send/email/batch", make.batch("canary2@example.org", "canary4@example.org"))
    demo.post("/send/email/single", make.email("canary5"))
    hear(make.feedback_due())

    deliver()

    assert len(smtp.mails) == 3
    ours = [record for record in caplog.records if record.name != "mail.log"]  # that one is the mail server's
    logs = " ".join(f"{record.getMessage()} {record.__dict__}" for record in ours)
    assert b"canary" not in waiting
    assert b"canary" not in _bytes(tmp_path)
    assert "canary" not in logs.replace("test_", "")
    assert b"canary" not in app.runtime.metrics.exposition()


def test_a_settled_message_is_shredded(demo: Client, deliver: Deliver, rows: Rows, hear: Hear) -> None:
    demo.post("/send/email/single", make.email())
    hear(make.feedback_due())
    (letter, notice) = rows("message")

    deliver()

    assert (letter["letter"] is not None, notice["notice"] is not None) == (True, True)
    assert [(row["letter"], row["notice"]) for row in rows("message")] == [(None, None)] * 2


def test_a_letter_sealed_with_another_key_holds_nobody_up(app: App, demo: Client, rows: Rows, hear: Hear) -> None:
    demo.post("/send/email/single", make.email())
    hear(make.feedback_due())
    other = replace(app.runtime, sealer=Sealer("08" * 32))

    jobs.deliver_due(other, NullChannel())

    assert [(row["status"], row["reason"]) for row in rows("message")] == [
        ("notSent", "unreadable"),
        ("delivered", None),
    ]


def test_states_and_times_are_measured(
    app: App, demo: Client, deliver: Deliver, smtp: FakeSmtp, clock: FixedClock
) -> None:
    demo.post("/send/email/batch", make.batch("ann@example.org", "bob@example.org"))
    smtp.refuse["bob@example.org"] = "451 later"
    clock.move(seconds=3)

    deliver()

    exposed = app.runtime.metrics.exposition().decode()
    assert 'notification_state_total{channel="email",state="delivered"} 1.0' in exposed
    assert 'notification_state_total{channel="email",state="deferred"} 1.0' in exposed
    assert "notification_time_to_sent_seconds_sum 3.0" in exposed
    assert 'notification_queue_messages{state="deferred"} 1.0' in exposed


@contextmanager
def _delivering(runtime: Runtime) -> Iterator[None]:
    """The delivery loop of one worker."""
    stoppable = replace(runtime, stopping=threading.Event())
    worker = threading.Thread(target=jobs.run, args=(stoppable,))
    worker.start()
    try:
        yield
    finally:
        stoppable.stopping.set()
        stoppable.database.bell("deliveries").set()
        worker.join(10)


def _until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    ends_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(0.05)


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
