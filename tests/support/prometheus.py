"""A real Prometheus beside a mesh, in a hurry: it scrapes and evaluates each second."""

import json
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

_READY_SECONDS = 30


class Prometheus:
    """Runs while it is open. `targets` are addresses by service, `rules` the folder of the rules; how long an alert
    must hold is cut to a second."""

    def __init__(self, folder: Path, targets: Mapping[str, str], rules: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        for path in rules.glob("*.yml"):
            (folder / path.name).write_text(yaml.safe_dump(_hurried(yaml.safe_load(path.read_text()))))
        scraped = [
            {"targets": [urllib.parse.urlsplit(url).netloc], "labels": {"service": name, "role": "serve"}}
            for name, url in targets.items()
        ]
        config = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": ["*.yml"],
            "scrape_configs": [{"job_name": "mesh", "static_configs": scraped}],
        }
        (folder / "prometheus.conf").write_text(yaml.safe_dump(config))

    def __enter__(self) -> "Prometheus":
        command = ["prometheus", f"--config.file={self._folder / 'prometheus.conf'}", "--log.level=warn"]
        command += [f"--storage.tsdb.path={self._folder / 'data'}", f"--web.listen-address={self.url.split('//')[1]}"]
        with (self._folder / "log").open("w") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        self.until(lambda: self.query("up") != [], _READY_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)

    def query(self, expression: str) -> list[dict[str, Any]]:
        """Labels and value of each series now; empty when Prometheus does not answer yet."""
        url = f"{self.url}/api/v1/query?{urllib.parse.urlencode({'query': expression})}"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback address
                found: list[dict[str, Any]] = json.load(answer)["data"]["result"]
        except OSError:
            return []
        return found

    def firing(self) -> set[tuple[str, str]]:
        """`(alert, service)` of each alert that fires now."""
        found = self.query('ALERTS{alertstate="firing"}')
        return {(each["metric"]["alertname"], each["metric"].get("service", "")) for each in found}

    def until(self, holds: Callable[[], bool], patience_seconds: float) -> float:
        """Seconds until it held. Raises AssertionError when it never did."""
        began = time.monotonic()
        while not holds():
            assert time.monotonic() - began < patience_seconds, f"it did not come to that; firing: {self.firing()}"
            time.sleep(0.25)
        return time.monotonic() - began


def _hurried(rules: dict[str, Any]) -> dict[str, Any]:
    for group in rules["groups"]:
        for rule in group["rules"]:
            if "for" in rule:
                rule["for"] = "1s"
    return rules
