"""Feedback: one closing notice a contributor, whatever the broker does."""

from collections.abc import Callable
from dataclasses import replace

import make
from fake_gateway import FakeGateway
from fake_smtp import FakeSmtp
from sqlalchemy import RowMapping

from chassis import ids
from chassis.testing.client import Client
from messaging.app import SERVICE
from messaging.messages import consumers

Rows = Callable[[str], list[RowMapping]]
Hear = Callable[..., None]
Deliver = Callable[..., int]
NOTICES = f"/v1/notices?about={make.PROCESS}"


def test_a_contributor_hears_the_outcome_in_her_language(
    hear: Hear, deliver: Deliver, smtp: FakeSmtp, gateway: FakeGateway
) -> None:
    hear(make.feedback_due())

    deliver()

    (sent,) = smtp.mails
    assert (sent["To"], sent["Content-Language"]) == ("Ann <ann@example.org>", "ca")
    assert "Hola, Ann:" in sent.get_content()
    assert "https://portal.example/processes/green-streets/results" in sent.get_content()
    assert gateway.purposes == ["feedback"]


def test_the_same_event_twice_is_one_notice(hear: Hear, rows: Rows) -> None:
    event = make.feedback_due()

    hear(event, event)
    hear(event)

    assert len(rows("message")) == 1


def test_the_same_event_past_the_inbox_is_one_notice(app: object, database: object, rows: Rows) -> None:
    event = make.feedback_due()

    for _ in range(2):
        with database.transaction() as tx:  # type: ignore[attr-defined]
            consumers.on_feedback_due(tx, event)

    assert len(rows("message")) == 1


def test_another_event_about_the_same_contributor_is_no_second_notice(hear: Hear, rows: Rows) -> None:
    event = make.feedback_due()

    hear(event, replace(event, id=ids.new()))

    assert len(rows("message")) == 1


def test_two_processes_are_two_notices(hear: Hear, rows: Rows) -> None:
    participant = ids.new()

    hear(make.feedback_due(participant=participant), make.feedback_due(participant=participant, process=make.PROPOSAL))

    assert len(rows("message")) == 2


def test_delivery_is_told_once_and_keyed_by_the_process(
    hear: Hear, deliver: Deliver, rows: Rows, smtp: FakeSmtp
) -> None:
    hear(make.feedback_due())

    deliver()
    deliver()

    (told,) = rows("outbox")
    assert (told["type"], told["key"]) == ("messaging.notice-delivered.v1", make.PROCESS)
    assert len(smtp.mails) == 1


def test_without_a_recipient_there_is_nothing_to_send(hear: Hear, deliver: Deliver, rows: Rows, demo: Client) -> None:
    hear(make.feedback_due(recipient=None))

    attempts = deliver()

    assert attempts == 0
    assert [(row["status"], row["reason"]) for row in rows("message")] == [("notSent", "no_address")]
    assert rows("outbox") == []
    assert demo.get(NOTICES).body["items"] == [{"template": "feedback", "status": "notSent", "count": 1}]


def test_without_an_address_the_notice_is_settled_and_not_told(
    hear: Hear, deliver: Deliver, rows: Rows, gateway: FakeGateway
) -> None:
    gateway.contacts["entry-bob"] = {"id": "entry-bob", "displayName": "Bob"}

    hear(make.feedback_due("entry-bob"), make.feedback_due("entry-gone"))
    deliver()

    assert [(row["status"], row["reason"]) for row in rows("message")] == [("notSent", "no_address")] * 2
    assert (len(rows("delivery")), rows("outbox")) == (2, [])


def test_notices_are_counted_by_template_and_status(hear: Hear, deliver: Deliver, demo: Client) -> None:
    hear(make.feedback_due(), make.feedback_due(), make.feedback_due(None))

    deliver()

    assert demo.get(NOTICES).body == {
        "about": make.PROCESS,
        "total": 3,
        "items": [
            {"template": "feedback", "status": "delivered", "count": 2},
            {"template": "feedback", "status": "notSent", "count": 1},
        ],
    }


def test_a_registry_that_is_away_is_asked_again(
    hear: Hear, deliver: Deliver, smtp: FakeSmtp, gateway: FakeGateway, clock: object, rows: Rows
) -> None:
    gateway.away = True
    hear(make.feedback_due())
    deliver()
    gateway.away = False
    clock.move(seconds=2)  # type: ignore[attr-defined]

    deliver()

    assert len(smtp.mails) == 1
    assert [row["reason"] for row in rows("delivery")] == ["registry_away", None]


def test_every_example_of_what_is_heard_is_handled(hear: Hear, rows: Rows) -> None:
    import contracts
    from chassis.events import Event
    from chassis.testing.plugin import NOON

    for event_type in SERVICE.subscriptions:
        for data in contracts.event_examples(event_type):
            hear(Event(event_type, "key", NOON, data))

    assert not [row for row in rows("inbox") if row["dead"]]
