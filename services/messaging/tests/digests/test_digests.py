"""Digests: at most one a period, only with something to tell, grouped by idea."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import make
import pytest
from fake_smtp import FakeSmtp
from sqlalchemy import RowMapping, event

from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.plugin import NOON
from messaging.digests import actions, jobs

Rows = Callable[[str], list[RowMapping]]
Hear = Callable[..., None]
Deliver = Callable[..., int]
OTHER = "01900000-0000-7000-8000-00000000000a"


def test_a_week_of_activity_is_one_message(
    app: App, hear: Hear, deliver: Deliver, smtp: FakeSmtp, clock: FixedClock, rows: Rows
) -> None:
    hear(
        make.endorsed(), make.endorsed(), make.commented(), make.endorsed(proposal=OTHER, at=NOON + timedelta(hours=1))
    )
    jobs.send(app.runtime)
    early = len(rows("message"))
    clock.move(days=7)

    jobs.send(app.runtime)
    deliver()

    assert early == 0
    (sent,) = smtp.mails
    text = sent.get_content().replace("\r\n", "\n")
    assert "New supports: 2\nNew comments: 1\n" in text
    assert text.index(f"https://portal.example/ideas/{OTHER}") < text.index(f"/ideas/{make.PROPOSAL}")
    assert rows("activity") == []


def test_a_digest_is_told_to_nobody_else(app: App, hear: Hear, deliver: Deliver, clock: FixedClock, rows: Rows) -> None:
    hear(make.endorsed())
    clock.move(days=7)

    jobs.send(app.runtime)
    deliver()

    assert rows("outbox") == []


def test_nothing_to_tell_is_no_message(app: App, clock: FixedClock, rows: Rows, hear: Hear) -> None:
    hear(make.endorsed())
    clock.move(days=7)
    jobs.send(app.runtime)
    clock.move(days=70)

    jobs.send(app.runtime)

    assert len(rows("message")) == 1


def test_the_next_digest_waits_for_its_period(app: App, hear: Hear, clock: FixedClock, rows: Rows) -> None:
    hear(make.endorsed())
    clock.move(days=7)
    jobs.send(app.runtime)
    hear(make.endorsed(at=clock()))

    clock.move(days=6)
    jobs.send(app.runtime)
    early = len(rows("message"))
    clock.move(days=1)
    jobs.send(app.runtime)

    assert (early, len(rows("message"))) == (1, 2)


@pytest.mark.parametrize(
    ("author", "answered", "told"),
    [
        ("author", None, {("author", 1, 0)}),
        ("author", "other", {("author", 1, 0), ("other", 0, 1)}),
        ("author", "author", {("author", 0, 1)}),
        (None, "other", {("other", 0, 1)}),
        (None, None, set()),
    ],
)
def test_who_hears_of_a_comment(
    hear: Hear, rows: Rows, author: str | None, answered: str | None, told: set[tuple[str, int, int]]
) -> None:
    hear(make.commented(author, answered))

    assert {(row["recipient"], row["comments"], row["replies"]) for row in rows("activity")} == told


def test_the_same_support_twice_is_told_once(hear: Hear, rows: Rows) -> None:
    endorsement = make.endorsed()

    hear(endorsement, endorsement)

    assert [row["endorsements"] for row in rows("activity")] == [1]


def test_a_thousand_recipients_cost_one_question(app: App, rows: Rows) -> None:
    with app.runtime.transaction() as tx:
        for number in range(200):
            actions.note(tx, f"entry-{number}", make.UUID(make.PROPOSAL), "comments", at=NOON)
    statements: list[str] = []
    event.listen(app.runtime.database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    with app.runtime.transaction() as tx:
        actions.send_due(tx, timedelta(), at=NOON)

    assert len([each for each in statements if "activity" in each]) == 1
    assert len(rows("message")) == 200


def test_two_clocks_at_once_send_one_digest(app: App, hear: Hear, clock: FixedClock, rows: Rows) -> None:
    hear(make.endorsed())
    clock.move(days=7)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: jobs.send(app.runtime), range(4)))

    assert len(rows("message")) == 1
