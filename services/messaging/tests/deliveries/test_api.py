"""The delivery log: every attempt, for the administrator alone, without addresses."""

from collections.abc import Callable

import make
from fake_smtp import FakeSmtp

from chassis.clock import FixedClock
from chassis.testing.client import Client


def test_each_attempt_has_a_line(demo: Client, deliver: Callable[..., int], smtp: FakeSmtp, clock: FixedClock) -> None:
    demo.post("/send/email/single", make.email())
    smtp.script.append("451 later")
    deliver()
    clock.move(seconds=10)
    deliver()

    newest, oldest = demo.get("/v1/deliveries").body["items"]

    assert (oldest["attempt"], oldest["status"], oldest["code"], oldest["reason"]) == (1, "deferred", 451, "later")
    assert (newest["attempt"], newest["status"], newest["channel"]) == (2, "delivered", "email")
    assert newest["source"] == "BARAZA/GOV/1001/demo"
    assert "ann@example.org" not in str([newest, oldest])


def test_the_log_is_read_page_by_page(demo: Client, deliver: Callable[..., int], hear: Callable[..., None]) -> None:
    hear(*(make.feedback_due() for _ in range(5)))
    deliver()

    first = demo.get("/v1/deliveries?limit=3").body
    second = demo.get(f"/v1/deliveries?limit=3&cursor={first['next']}").body

    assert (len(first["items"]), len(second["items"]), second["next"]) == (3, 2, None)
    assert len({each["id"] for each in first["items"] + second["items"]}) == 5
    one = first["items"][0]["messageId"]
    assert [each["messageId"] for each in demo.get(f"/v1/deliveries?messageId={one}").body["items"]] == [one]
