"""GovStack's e-mail operations: accepted once, refused with 405 and a reason, counted."""

from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import make
import orjson
import pytest
from fake_smtp import FakeSmtp
from sqlalchemy import RowMapping

from chassis.app import App
from chassis.clock import FixedClock, text
from chassis.testing.client import Client, assert_problem
from chassis.testing.plugin import NOON
from messaging.messages import actions, schemas
from messaging.messages.model import QuotaExceeded

Rows = Callable[[str], list[RowMapping]]
STATUSES = ["scheduled", "processing", "deferred", "bounced", "notSent", "delivered"]
ALL = "&".join(f"status={status}" for status in STATUSES)


def test_an_email_is_accepted_before_it_is_sent(demo: Client, smtp: FakeSmtp, deliver: Callable[..., int]) -> None:
    reply = demo.post("/send/email/single", make.email())
    before = len(smtp.mails)
    deliver()

    assert (reply.status, reply.body["response"]) == (200, "Message received")
    assert reply.body["requestUID"] == reply.body["requestUid"]
    assert before == 0
    (sent,) = smtp.mails
    assert sent["From"] == "City of Example <no-reply@baraza.example>"
    assert (sent["To"], sent["Subject"]) == ("Ann <ann@example.org>", "Your application")
    assert sent["Reply-To"] == "office@example.org"
    assert sent.get_content().strip() == "It has arrived."


def test_copies_are_sent_and_hidden_ones_are_hidden(demo: Client, smtp: FakeSmtp, deliver: Callable[..., int]) -> None:
    to = {"email": "ann@example.org", "emailCC": "bob@example.org, cid@example.org", "emailBCC": "dan@example.org"}
    demo.post("/send/email/single", make.email(recipientInfo=to))

    deliver()

    assert smtp.recipients == [["ann@example.org", "bob@example.org", "cid@example.org", "dan@example.org"]]
    assert "dan@" not in str(smtp.mails[0])


@pytest.mark.parametrize(
    ("changes", "slug", "pointer"),
    [
        ({"recipientInfo": {"email": "nobody"}}, "unusable-letter", "/recipientInfo/email"),
        ({"recipientInfo": {"name": "Ann"}}, "unusable-letter", "/recipientInfo/email"),
        ({"recipientInfo": {"email": "a@b.org", "reference": "x"}}, "unusable-letter", "/recipientInfo/email"),
        (
            {"recipientInfo": {"email": "a@b.org", "name": "A\r\nBcc: e@b.org"}},
            "unusable-letter",
            "/recipientInfo/name",
        ),
        ({"recipientInfo": {"email": "a@b.org\r\nRCPT TO:<e@b.org>"}}, "unusable-letter", "/recipientInfo/email"),
        ({"recipientInfo": {"email": "a@b.org", "emailCC": "x, y"}}, "unusable-letter", "/recipientInfo/emailCC"),
        ({"emailContent": {"title": "A\nBcc: e@b.org", "content": "x"}}, "unusable-letter", "/emailContent/title"),
        ({"senderInfo": {"name": "A\nB"}}, "unusable-letter", "/senderInfo/name"),
        ({"senderInfo": {"replyTo": "A\nB"}}, "unusable-letter", "/senderInfo/replyTo"),
        ({"sendAt": text(NOON + timedelta(days=31))}, "unusable-letter", "/sendAt"),
        ({"callback": {"uri": "https://internal.example"}}, "callback-not-made", "/callback/uri"),
    ],
)
def test_what_cannot_be_sent_is_answered_405_with_the_reason(
    demo: Client, rows: Rows, changes: dict[str, Any], slug: str, pointer: str
) -> None:
    reply = demo.post("/send/email/single", make.email(**changes))

    assert_problem(reply, 405, slug)
    assert [error["pointer"] for error in reply.body["errors"]] == [pointer]
    assert rows("message") == []


@pytest.mark.parametrize(
    "missing", ["recipientInfo", "emailContent", "emailContent.title", "emailContent.content", "everything"]
)
def test_a_missing_part_is_answered_405(demo: Client, missing: str) -> None:
    body: dict[str, Any] = make.email()
    part, _, field = missing.partition(".")
    if field:
        del body[part][field]
    body = {} if missing == "everything" else {name: body[name] for name in body if field or name != part}

    reply = demo.post("/send/email/single", body)

    assert_problem(reply, 405, "invalid")
    assert reply.body["detail"]


def test_no_json_is_answered_405(demo: Client) -> None:
    assert_problem(demo("POST", "/send/email/single", b"{"), 405, "invalid")


def test_the_same_request_is_the_same_message(demo: Client, rows: Rows, clock: FixedClock) -> None:
    first = demo.post("/send/email/single", make.email())
    again = demo.post("/send/email/single", make.email())
    clock.move(hours=25)
    next_day = demo.post("/send/email/single", make.email())

    assert again.body == first.body
    assert next_day.body != first.body
    assert len(rows("message")) == len(rows("request")) == 2


def test_a_key_tells_requests_apart_and_repeats_together(demo: Client, rows: Rows) -> None:
    first = demo.post("/send/email/single", make.email(), Idempotency_Key="transaction-1")
    again = demo.post("/send/email/single", make.email(), Idempotency_Key="transaction-1")
    other = demo.post("/send/email/single", make.email(), Idempotency_Key="transaction-2")
    changed = demo.post("/send/email/single", make.email("bob@example.org"), Idempotency_Key="transaction-1")

    assert again.body == first.body != other.body
    assert_problem(changed, 409, "idempotency-key-reused")
    assert len(rows("message")) == 2


def test_the_same_request_at_once_is_stored_once(app: App, rows: Rows) -> None:
    wish = schemas.single(make.email())

    def accept(_: int) -> object:
        with app.runtime.transaction() as tx:
            return actions.accept(tx, wish, "same", by="demo", at=NOON, sealer=app.runtime.sealer, quota=100).id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(accept, range(16)))

    assert len(ids) == len(rows("request")) == len(rows("message")) == 1


def test_a_batch_is_split_and_its_counters_sum_up(demo: Client, smtp: FakeSmtp, deliver: Callable[..., int]) -> None:
    smtp.refuse = {"bounce@example.org": "550 unknown", "later@example.org": "451 later"}
    named = {"recipientInfo": {"email": "cid@example.org", "name": "Cid"}}
    body = make.batch("ann@example.org", "bounce@example.org", "later@example.org", named)

    request_uid = demo.post("/send/email/batch", body).body["requestUid"]
    waiting = demo.get(f"/status/email?{ALL}", requestUid=request_uid).body
    deliver()
    done = demo.get(f"/status/email?{ALL}", requestUid=request_uid).body

    assert waiting == dict.fromkeys(STATUSES, 0) | {"scheduled": 4}
    assert done == dict.fromkeys(STATUSES, 0) | {"delivered": 2, "bounced": 1, "deferred": 1}
    assert {str(mail["To"]) for mail in smtp.mails} == {"ann@example.org", "Cid <cid@example.org>"}


@pytest.mark.parametrize(
    ("encoded", "slug"),
    [
        ("***", "unreadable-batch"),
        (b64encode(b"no json").decode(), "unreadable-batch"),
        (b64encode(b"[]").decode(), "unreadable-batch"),
        (b64encode(b"{}").decode(), "unreadable-batch"),
        (b64encode(b"[1]").decode(), "unreadable-batch"),
        (b64encode(orjson.dumps([{"recipientInfo": 1}])).decode(), "unusable-letter"),
        (b64encode(orjson.dumps([{"recipientInfo": {"email": 1}}])).decode(), "unusable-letter"),
        (b64encode(orjson.dumps([{"recipientInfo": {"email": "a@b.org"}}] * 1001)).decode(), "unreadable-batch"),
    ],
)
def test_a_batch_that_cannot_be_read_is_refused_as_a_whole(demo: Client, rows: Rows, encoded: str, slug: str) -> None:
    reply = demo.post("/send/email/batch", make.email(recipientInfo={"batchEmailAsBase64": encoded}))

    assert_problem(reply, 405, slug)
    assert rows("request") == []


def test_only_what_is_asked_for_is_counted(demo: Client) -> None:
    request_uid = demo.post("/send/email/single", make.email()).body["requestUid"]

    reply = demo.get("/status/email?status=scheduled&status=delivered", requestUid=request_uid)

    assert reply.body == {"scheduled": 1, "delivered": 0}


@pytest.mark.parametrize(
    ("query", "request_uid", "slug"),
    [
        ("", make.PROCESS, "invalid"),
        ("?status=gone", make.PROCESS, "invalid"),
        ("?status=delivered", "", "invalid"),
        ("?status=delivered", "12", "invalid"),
        ("?status=delivered", make.PROCESS, "not-found"),
    ],
)
def test_a_status_that_cannot_be_given_is_answered_405(demo: Client, query: str, request_uid: str, slug: str) -> None:
    assert_problem(demo.get(f"/status/email{query}", requestUid=request_uid), 405, slug)


def test_another_application_does_not_learn_of_a_request(demo: Client, client: Callable[..., Client]) -> None:
    request_uid = demo.post("/send/email/single", make.email()).body["requestUid"]
    other = client(application="BARAZA/GOV/1001/scheduler", scopes=["messaging.send"])

    assert_problem(other.get("/status/email?status=delivered", requestUid=request_uid), 405, "not-found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/send/email/single"),
        ("POST", "/send/email/batch"),
        ("GET", f"/status/email?{ALL}"),
        ("GET", f"/v1/notices?about={make.PROCESS}"),
        ("GET", "/v1/deliveries"),
        ("GET", "/v1/caught-messages"),
    ],
)
def test_nothing_is_open_to_all(client: Callable[..., Client], method: str, path: str) -> None:
    assert client(scopes=[])(method, path).status == 403
    assert client()(method, path, headers={"Baraza-Context": ""}).status == 401


def test_a_quota_is_kept_a_minute_and_application(app: App, clock: FixedClock) -> None:
    def accept(body: dict[str, Any], by: str = "demo") -> None:
        with app.runtime.transaction() as tx:
            mhash = orjson.dumps([body, by]).decode()[-64:]
            wish = schemas.batch(body, 10)
            actions.accept(tx, wish, mhash, by=by, at=clock(), sealer=app.runtime.sealer, quota=3)

    accept(make.batch("ann@example.org", "bob@example.org", messageType="ordinary"))
    with pytest.raises(QuotaExceeded):
        accept(make.batch("cid@example.org", "dan@example.org", messageType="emergency"))
    accept(make.batch("cid@example.org", "dan@example.org"), by="scheduler")
    clock.move(seconds=61)
    accept(make.batch("cid@example.org", "dan@example.org", messageType="emergency"))


def test_a_letter_waits_for_its_time(
    demo: Client, smtp: FakeSmtp, deliver: Callable[..., int], clock: FixedClock
) -> None:
    demo.post("/send/email/single", make.email(sendAt=text(NOON + timedelta(hours=2))))

    early = deliver()
    clock.move(hours=2)
    due = deliver()

    assert (early, due, len(smtp.mails)) == (0, 1, 1)


def test_emergencies_are_first_and_the_rest_is_first_come_first_served(
    demo: Client, smtp: FakeSmtp, deliver: Callable[..., int]
) -> None:
    for name in ("one", "two", "three"):
        demo.post("/send/email/single", make.email(f"{name}@example.org"))
    demo.post("/send/email/single", make.email("flood@example.org", messageType="emergency"))

    deliver()

    assert [to for (to,) in smtp.recipients] == [f"{name}@example.org" for name in ("flood", "one", "two", "three")]


def test_a_letter_may_go_to_an_address_reference(
    demo: Client, smtp: FakeSmtp, gateway: Any, deliver: Callable[..., int]
) -> None:
    demo.post("/send/email/single", make.email(recipientInfo={"reference": "entry-ann"}))

    deliver()

    assert smtp.recipients == [["ann@example.org"]]
    assert gateway.purposes == ["letter"]


def test_contracts_defaults_hold(app: App) -> None:
    assert replace(app.runtime.settings).digest_period_seconds == 7 * 24 * 3600
