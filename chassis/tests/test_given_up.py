"""What a block gave up on: seen, tried again, or accepted."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from chassis import given_up, ids, inbox, jobs
from chassis.app import App
from chassis.settings import ServiceSettings
from chassis.tables import job
from chassis.testing.plugin import NOON


@pytest.fixture(autouse=True)
def environment(settings: ServiceSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("PORT", "1")


@pytest.fixture
def dead(app: App) -> UUID:
    """An event that the block gave up on, beside one that it handled."""
    given = ids.new()
    with app.runtime.transaction() as tx:
        inbox.first_time(tx, ids.new(), NOON)
        inbox.give_up(tx, given, NOON)
    return given


@pytest.fixture
def failed(app: App) -> UUID:
    """A job that failed, beside one that waits."""
    with app.runtime.transaction() as tx:
        jobs.put(tx, "remind", "a", {"note": 1}, NOON)
        values = {"state": "failed", "attempts": 20, "last_error": "Unavailable"}
        tx.execute(update(job).values(values))
        jobs.put(tx, "remind", "b", {}, NOON + timedelta(days=1))
        found: UUID = tx.execute(select(job.c.id).where(job.c.key == "a")).scalar_one()
    return found


def test_events_are_listed(dead: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    assert given_up.main(["events", "list"]) == 0

    assert capsys.readouterr().out == f"{dead} {NOON.isoformat()}\n"


def test_an_event_that_is_retried_is_new_again(app: App, dead: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    given_up.main(["events", "retry"])

    with app.runtime.transaction() as tx:
        assert given_up.dead_events(tx) == []
        assert inbox.first_time(tx, dead, NOON)
    assert capsys.readouterr().out.startswith("1 forgotten")


def test_an_event_that_is_accepted_does_not_come_again(
    app: App, dead: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    given_up.main(["events", "accept"])

    with app.runtime.transaction() as tx:
        assert given_up.dead_events(tx) == []
        assert not inbox.first_time(tx, dead, NOON)
    assert capsys.readouterr().out == "1 accepted\n"


def test_jobs_are_listed(failed: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    given_up.main(["jobs", "list"])

    assert capsys.readouterr().out == f"{failed} remind 20 Unavailable\n"


@pytest.mark.parametrize(
    ("verb", "said", "left"), [("retry", "1 wait again", ("waiting", 0, 1)), ("accept", "1 accepted", ("done", 20, 0))]
)
def test_a_job_is_done_again_or_counts_as_done(
    app: App, failed: UUID, capsys: pytest.CaptureFixture[str], verb: str, said: str, left: tuple[str, int, int]
) -> None:
    given_up.main(["jobs", verb])

    with app.runtime.reading() as tx:
        row = tx.execute(select(job).where(job.c.id == failed)).one()
        other = tx.execute(select(job).where(job.c.id != failed)).one()
    assert (row.state, row.attempts, len(row.payload)) == left
    assert (other.state, other.due_at) == ("waiting", NOON + timedelta(days=1))
    assert capsys.readouterr().out.strip() == said


def test_without_a_database_the_missing_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL")

    assert given_up.main(["events", "list"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err
