"""`kill -9` any two processes at any moment: totals and notices are those of the data."""

import json
import os
import signal
import time
from pathlib import Path

import pytest
from killer import Killer
from running import demonstrate, start

from mesh.demo import dataset
from mesh.up import not_ready

SAMPLE = Path(dataset.__file__).parent / "sample"


@pytest.mark.timeout(600)
def test_totals_and_notices_are_unchanged_by_kills(tmp_path: Path) -> None:
    mesh = start(tmp_path)
    seed = int(os.environ.get("KILL_SEED", "20161"))
    data = repeated(tmp_path)

    with Killer(mesh, seed, (5.0, 10.0), at_once=2) as killer:
        status, figures, said = demonstrate(mesh.layout, data)
    again, verified, _ = demonstrate(mesh.layout, data)
    mesh.stop()

    assert killer.killed, "nothing was killed; the run proves nothing"
    assert status == 0, f"seed {seed}, killed {killer.killed}: {said}"
    wanted = dataset.expected(dataset.read(data))
    assert {name: figures[name] for name in wanted} == wanted
    assert again == 0
    assert {name: verified[name] for name in wanted} == wanted


@pytest.mark.timeout(120)
def test_a_killed_process_serves_again(tmp_path: Path) -> None:
    mesh = start(tmp_path)
    recovery = {}

    for name, pid in mesh.children().items():
        os.kill(pid, signal.SIGKILL)
        killed = time.monotonic()
        while mesh.children().get(name) in (None, pid) or not_ready(mesh.layout):
            assert time.monotonic() - killed < 30, name
            time.sleep(0.1)
        recovery[name] = time.monotonic() - killed
    mesh.stop()

    print("recovery seconds:", {name: round(seconds, 1) for name, seconds in recovery.items()})
    assert set(recovery) == {"blocks", "gateway", "portal"}


def repeated(folder: Path) -> Path:
    """The sample five times over, so that kills find work in progress everywhere."""
    into = folder / "data"
    into.mkdir()
    for kind in ("proposals", "comments"):
        rows = [json.loads(line) for line in (SAMPLE / f"green-streets-{kind}.jsonl").read_text().splitlines()]
        many = [_moved(row, copy * 100) for copy in range(5) for row in rows]
        (into / f"many-{kind}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in many))
    return into


def _moved(row: dict[str, object], by: int) -> dict[str, object]:
    keys = ("id", "proposal", "parent")
    return row | {key: int(str(row[key])) + by for key in keys if row.get(key) is not None}
