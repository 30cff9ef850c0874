"""Yesterday's release and today's serve side by side on one database, through a rename from first step to last."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest
import releases
import requests
import sqlalchemy as sa

from chassis.context import HEADER
from chassis.local import postgres
from chassis.local.server import free_port
from chassis.testing.client import Speaker

_READY_SECONDS = 90


@dataclass
class World:
    """One database, and the environment in which releases of the block run on it."""

    environment: dict[str, str]
    speaker: Speaker

    def run(self, release: Path, *words: str, **more: str) -> subprocess.Popen[bytes]:
        environment = os.environ | self.environment | {"PYTHONPATH": str(release), "PYTHONWARNINGS": "ignore"} | more
        return subprocess.Popen([sys.executable, "-m", "scheduler", *words], env=environment, cwd=release)

    def migrate(self, release: Path, **more: str) -> int:
        return self.run(release, "migrate", **more).wait(120)

    def columns(self) -> set[str]:
        """Which of the old and the new column there are."""
        engine = sa.create_engine(self.environment["DATABASE_URL"])
        found = {each["name"] for each in sa.inspect(engine).get_columns("entity")}
        engine.dispose()
        return found & {"contact", "reach"}


@dataclass
class Serving:
    """A process of one release."""

    process: subprocess.Popen[bytes]
    url: str
    speaker: Speaker

    def ask(self, method: str, path: str, body: object = None) -> requests.Response:
        caller = {"subject": "an-official", "roles": ["official"], "scopes": ["scheduler.read", "scheduler.write"]}
        headers = {HEADER: self.speaker.context("scheduler", caller), "Content-Type": "application/json"}
        return requests.request(method, self.url + path, data=body and orjson.dumps(body), headers=headers, timeout=10)

    def register(self, name: str) -> int:
        details = {"name": name, "category": "library", "email": f"{name}@library.example"}
        return self.ask("POST", "/entity/new", {"details": details}).status_code

    def address(self, name: str) -> str | None:
        """Of the entity with this name."""
        answer = self.ask("GET", f"/entity/list_details?name={name}")
        assert answer.status_code == 200, answer.text
        [[found]] = answer.json()
        address: str | None = found["details"].get("email")
        return address

    def ready(self) -> dict[str, object]:
        answer: dict[str, object] = requests.get(f"{self.url}/ready", timeout=10).json()
        return answer

    def until(self, **wanted: object) -> None:
        """Wait until /ready says so; it looks anew every two seconds."""
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            try:
                if self.ready() == wanted:
                    return
            except requests.ConnectionError:
                assert self.process.poll() is None, "the process ended"
            time.sleep(0.1)
        raise AssertionError(self.ready())

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four releases, each the one before and a step more."""
    folder = tmp_path_factory.mktemp("releases")
    made = [releases.today(folder / "0")]
    for number, step in enumerate((releases.expanded, releases.migrated, releases.contracted), 1):
        made.append(step(folder / str(number), made[-1]))
    return made


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    speaker = Speaker()
    environment = {"CONTEXT_KEYS": str(speaker.write_keys(tmp_path)), "SEALING_KEY": "5e" * 32, "EVENTS_URL": ""}
    if request.param == "sqlite":
        yield World(environment | {"DATABASE_URL": f"sqlite:///{tmp_path / 'scheduler.db'}"}, speaker)
        return
    with closing(postgres.open_one()) as server:
        yield World(environment | {"DATABASE_URL": server.create("scheduler-versions")}, speaker)


@pytest.fixture
def serve(world: World) -> Iterator[Callable[[Path], Serving]]:
    started: list[Serving] = []

    def start(release: Path) -> Serving:
        port = free_port()
        process = world.run(release, "serve", "--roles", "", PORT=str(port))
        started.append(Serving(process, f"http://127.0.0.1:{port}", world.speaker))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.stop()


class Load:
    """Entities are registered, one after the other, as long as it lasts."""

    def __init__(self, serving: Serving, prefix: str) -> None:
        self.statuses: list[int] = []
        self._serving, self._prefix = serving, prefix
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Load":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(0.02):
            self.statuses.append(self._serving.register(f"{self._prefix}-{len(self.statuses)}"))


def assert_they_understand_each_other(old: Serving, new: Serving, step: str) -> None:
    """What either writes, both read."""
    for name, writer in ((f"{step}-old", old), (f"{step}-new", new)):
        assert writer.register(name) == 200
        assert [each.address(name) for each in (old, new)] == [f"{name}@library.example"] * 2


@pytest.mark.timeout(300)
@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_a_column_is_renamed_while_releases_take_turns(
    world: World, serve: Callable[[Path], Serving], release: list[Path]
) -> None:
    assert world.migrate(release[0]) == 0
    serving = [serve(release[0])]
    serving[0].until(status="ready")
    serving.append(serve(release[1]))
    serving[1].until(status="not ready", reasons=["migrations"])  # it waits for its migration, and does not make it

    for step in (1, 2, 3):
        old = serving[step - 1]
        with Load(old, f"load-{step}") as load:
            assert world.migrate(release[step]) == 0
        assert set(load.statuses) == {200}, "a migration made a request fail"
        new = serving[step] if step < len(serving) else serve(release[step])
        serving += [new] if step == len(serving) else []
        new.until(status="ready")
        old.until(status="ready")
        assert_they_understand_each_other(old, new, f"step-{step}")
        if step > 1:
            serving[step - 2].until(status="not ready", reasons=["migrations"])  # two releases behind
            serving[step - 2].stop()

    names = ["load-1-0", "step-1-old", "step-1-new", "load-2-0", "step-2-old", "load-3-0", "step-3-new"]
    assert [serving[3].address(name) for name in names] == [f"{name}@library.example" for name in names]
    assert world.columns() == {"reach"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("world", ["sqlite", "postgresql"], indirect=True)
def test_a_migration_that_dies_changes_nothing_and_can_be_run_again(world: World, release: list[Path]) -> None:
    assert world.migrate(release[0]) == 0

    assert world.migrate(release[1], DIE_IN_MIGRATION="yes") == -signal.SIGKILL

    assert world.columns() == {"contact"}
    assert world.migrate(release[1]) == 0
    assert world.columns() == {"contact", "reach"}
    assert world.migrate(release[0]) == 0, "going back to a release leaves a newer database as it is"
    assert world.columns() == {"contact", "reach"}
