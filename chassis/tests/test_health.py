"""What operators ask: alive, ready and why not, metrics, the contract."""

import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import package
import pytest
from starlette.testclient import TestClient

from chassis.app import App
from chassis.health import Health
from chassis.migrations import migrate
from chassis.runtime import Runtime
from chassis.testing.tampering import destroy

MakeApp = Callable[..., App]


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> package.Package:
    return package.make(tmp_path, monkeypatch)


@pytest.fixture
def ready_app(notes: package.Package, make_app: MakeApp) -> App:
    app = make_app()
    with app.runtime.database.engine.begin() as connection:
        for table in ("note", "outbox", "inbox", "job", "remembered_answer"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
    migrate(app.runtime.database, "notes")
    return app


def ask(app: App, path: str) -> tuple[int, dict[str, object]]:
    app.health = Health(app.runtime, app.workers)  # a fresh one remembers nothing
    answer = TestClient(app).get(path)
    return answer.status_code, orjson.loads(answer.content)


def test_a_block_whose_database_is_migrated_is_ready(ready_app: App) -> None:
    assert ask(ready_app, "/ready") == (200, {"status": "ready"})


def test_without_migrations_it_is_not_ready(notes: package.Package, ready_app: App) -> None:
    notes.add()

    assert ask(ready_app, "/ready") == (503, {"status": "not ready", "reasons": ["migrations"]})


def test_without_a_database_it_is_not_ready_but_alive(ready_app: App) -> None:
    destroy(ready_app.runtime.database)

    assert ask(ready_app, "/ready") == (503, {"status": "not ready", "reasons": ["database"]})
    assert ask(ready_app, "/live") == (200, {"status": "alive"})


@pytest.mark.sqlite
def test_without_its_file_it_is_not_ready(ready_app: App) -> None:
    file = Path(ready_app.runtime.database.url.database or "")
    ready_app.runtime.database.close()
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()
    file.mkdir()

    assert ask(ready_app, "/ready")[1]["reasons"] == ["database"]


def test_a_broker_that_is_away_makes_nothing_unready(ready_app: App, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "events")

    assert ask(ready_app, "/ready")[0] == 200


def test_a_stopping_block_is_not_ready(ready_app: App) -> None:
    ready_app.runtime.stopping.set()

    assert ask(ready_app, "/ready")[1]["reasons"] == ["stopping"]


def test_whoever_is_told_to_stop_is_unready_at_once_whatever_was_remembered(ready_app: App) -> None:
    health = Health(ready_app.runtime, ready_app.workers)
    before = health.reasons()

    health.stop()

    assert (before, health.reasons()) == ([], ["stopping"])


def test_a_stopped_consumer_is_not_ready(ready_app: App) -> None:
    ready_app.workers.stopped_because = "10 records in a row went to the dead letters"

    assert ask(ready_app, "/ready")[1]["reasons"] == ["consumer stopped"]


def test_the_answer_is_looked_up_every_two_seconds_at_most(ready_app: App) -> None:
    health = Health(ready_app.runtime, ready_app.workers)
    first = health.reasons()
    destroy(ready_app.runtime.database)

    assert (first, health.reasons()) == ([], [])


def test_reasons_say_nothing_of_the_inside(ready_app: App) -> None:
    address = ready_app.runtime.database.url
    destroy(ready_app.runtime.database)

    assert str(address.database) not in str(ask(ready_app, "/ready"))


def test_metrics_are_told_in_prometheus_words(ready_app: App) -> None:
    answer = TestClient(ready_app).get("/metrics")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "mesh_outbox_unpublished_events" in answer.text


def test_metrics_are_told_while_the_database_is_away(ready_app: App) -> None:
    own: Runtime = ready_app.runtime
    own.metrics.count("mesh_events_published_total")
    destroy(own.database)

    assert "mesh_events_published_total 1.0" in TestClient(ready_app).get("/metrics").text


def test_the_contract_is_told(ready_app: App) -> None:
    status, document = ask(ready_app, "/openapi.json")

    assert status == 200
    assert document["openapi"] == "3.0.3"
    assert "/v1/notes" in document["paths"]  # type: ignore[operator]
