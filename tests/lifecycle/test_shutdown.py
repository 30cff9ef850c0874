"""Told to stop, a process is unready at once, serves on for its drain, asks clients to connect anew, and ends well."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from running import free_shift

from mesh.layout import Layout
from mesh.prepare import prepare

DRAIN_SECONDS = 2.0
SHOWN = {"consent": "/openapi.json", "gateway": "/.well-known/context-keys.json", "portal": "/help"}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", list(SHOWN))
def test_a_process_serves_on_while_its_clients_go_elsewhere(name: str, tmp_path: Path) -> None:
    layout = Layout(tmp_path, free_shift())
    prepare(layout)
    url = layout.urls()[name]
    environment = os.environ | layout.environment(name) | {"DRAIN_SECONDS": str(DRAIN_SECONDS)}
    command = [sys.executable, "-W", "ignore", "-m", "mesh.serving", name]
    with (tmp_path / "out").open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        with requests.Session() as client:
            wait_until_ready(client, url)
            before = client.get(url + SHOWN[name], timeout=5)
            process.send_signal(signal.SIGTERM)
            told = time.monotonic()
            unready = wait_until_unready(client, url)
            during = client.get(url + SHOWN[name], timeout=5)
            status = process.wait(30)
    finally:
        process.kill()
        process.wait()

    assert before.status_code == during.status_code == 200
    assert before.headers.get("Connection") != "close"
    assert during.headers["Connection"] == "close"
    assert unready.json()["reasons"] == ["stopping"]
    assert status == 0
    assert DRAIN_SECONDS <= time.monotonic() - told < DRAIN_SECONDS + 10


def wait_until_ready(client: requests.Session, url: str) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            if client.get(f"{url}/ready", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            pass
        assert time.monotonic() < deadline, f"{url} does not become ready"
        time.sleep(0.1)


def wait_until_unready(client: requests.Session, url: str) -> requests.Response:
    """The signal may arrive after the first question."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while (answer := client.get(f"{url}/ready", timeout=5)).status_code == 200:
        assert time.monotonic() < deadline, "it does not say that it stops"
    return answer
