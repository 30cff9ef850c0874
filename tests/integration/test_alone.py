"""A block started alone, with no peer and no mediator reachable, is ready and answers."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from running import free_shift

from mesh.layout import BLOCKS, Layout
from mesh.prepare import prepare


@pytest.mark.timeout(90)
@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_alone_is_ready_and_answers(block: str, tmp_path: Path) -> None:
    layout = Layout(tmp_path, free_shift())
    prepare(layout)
    environment = os.environ | layout.environment(block) | {"PYTHONWARNINGS": "ignore", "CATCHER": "false"}
    subprocess.run([sys.executable, "-m", block, "migrate"], env=environment, check=True)
    with (tmp_path / "out").open("w") as output:
        process = subprocess.Popen([sys.executable, "-m", block, "serve"], env=environment, stdout=output)

    url = layout.block_url(block)
    ready = answer(f"{url}/ready", patience_seconds=30)
    contract = answer(f"{url}/openapi.json")
    refused = answer(url + first_secured_path(contract[1]))
    process.send_signal(signal.SIGTERM)
    status = process.wait(40)

    assert ready == (200, {"status": "ready"})
    assert refused[0] in (401, 503), "without the mediator's keys nobody is let in"
    assert refused[1]["type"].startswith("/problems/")
    assert status == 0


def answer(url: str, patience_seconds: float = 0) -> tuple[int, dict[str, object]]:
    """Status and decoded body; who does not listen yet is asked again."""
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as found:  # noqa: S310 - our own loopback address
                return found.status, json.load(found)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def first_secured_path(contract: dict[str, object]) -> str:
    """A GET without parameters in its path that only callers of the mediator may make."""
    paths: dict[str, dict[str, dict[str, object]]] = contract["paths"]  # type: ignore[assignment]
    return next(path for path, item in paths.items() if "{" not in path and item.get("get", {}).get("security"))
