"""A mesh with a process a block, played through by people who do not exist, watched by a real Prometheus."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from otlp import Receiver
from prometheus import Prometheus
from provoked import provoke
from running import Running, demonstrate, start
from watched import CANARIES, OBSERVABILITY

from mesh.demo import dataset

_SAMPLE = Path(dataset.__file__).parent / "sample"


@pytest.fixture(scope="session")
def promtool() -> str:
    """Debian's package `prometheus` brings it."""
    found = shutil.which("promtool")
    assert found, "install the package prometheus"
    return found


@pytest.fixture(scope="session")
def rules() -> list[dict[str, object]]:
    """Every rule of every file."""
    files = sorted((OBSERVABILITY / "rules").glob("*.yml"))
    return [rule for path in files for group in yaml.safe_load(path.read_text())["groups"] for rule in group["rules"]]


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """Takes what the mesh sends of traces."""
    with Receiver() as made:
        yield made


@pytest.fixture(scope="session")
def mesh(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[Running]:
    """A process a block, with traces; people whose names and texts are canaries have played a whole process."""
    os.environ |= {"OTLP_ENDPOINT": receiver.url, "OTEL_BSP_SCHEDULE_DELAY": "500"}
    running = start(tmp_path_factory.mktemp("mesh"), "--processes", "each")
    for name in ("OTLP_ENDPOINT", "OTEL_BSP_SCHEDULE_DELAY"):
        del os.environ[name]
    status, figures, said = demonstrate(running.layout, _canaries(tmp_path_factory.mktemp("data")))
    assert status == 0, said
    assert figures["notices"], "nobody was written to; the play proves nothing"
    refused = [status for word in CANARIES for status in provoke(running.layout, word)]
    assert sum(status >= 400 for status in refused) > len(refused) / 2, refused
    yield running
    running.stop()


@pytest.fixture(scope="session")
def prometheus(mesh: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """Scrapes every process each second; what an alert waits for is a second too."""
    with Prometheus(tmp_path_factory.mktemp("prometheus"), mesh.layout.urls(), OBSERVABILITY / "rules") as made:
        yield made


def _canaries(folder: Path) -> Path:
    """The sample, with canaries in the place of its people and in their texts."""
    names, texts = CANARIES
    for path in _SAMPLE.glob("*.jsonl"):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        played = [
            row
            | {key: f"{row[key]}{names}" for key in ("author",) if row.get(key)}
            | {key: f"{row[key]} {texts}" for key in ("body", "title", "summary") if row.get(key)}
            for row in rows
        ]
        (folder / path.name).write_text("\n".join(map(json.dumps, played)), "utf-8")
    return folder
