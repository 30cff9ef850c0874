"""A rolling restart under load loses nobody's call: mediator and block are replaced process by process."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from balancer import Balancer
from replicas import Replicas
from running import free_shift

from chassis.database import Database
from chassis.errors import Refusal
from chassis.http_client import PeerClient
from mesh.layout import GATEWAY_PORT, MEMBER, Layout
from mesh.prepare import prepare

LEAST_CALLS = 300  # fewer prove nothing; at rest the machine takes more than 30 calls a second
# Pauses of one client each: busy ones, and one whose connection is idle for about as long as it may be kept.
PAUSES = (*[(0.25,)] * 8, (3.7, 3.9, 4.1, 4.3))


@dataclass
class Load:
    """Clients that hand in letters through the mediator, as applications do, and read what is public, as browsers do.
    Every answer is counted."""

    layout: Layout
    answers: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    slowest_seconds: float = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> "Load":
        secret = self.layout.secret("client-demo").read_text()
        peers = PeerClient(self.layout.gateway_url, f"{MEMBER}/demo", secret)
        self._threads = [
            threading.Thread(target=self._hand_in, args=(peers, client, pauses)) for client, pauses in enumerate(PAUSES)
        ]
        self._threads.append(threading.Thread(target=self._read))
        self._started = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self.seconds = time.monotonic() - self._started

    def _hand_in(self, peers: PeerClient, client: int, pauses: tuple[float, ...]) -> None:
        for number, pause in enumerate(_again_and_again(pauses)):
            if self._stop.is_set():
                return
            key = f"letter-{client}-{number}"
            began = time.monotonic()
            try:
                answer = peers.call("messaging", "POST", "/send/email/single", body=_letter(key), idempotency_key=key)
                self._count(f"letter {answer.status}", began, accepted=1)
            except Refusal as refused:
                self._count(f"letter {type(refused).__name__} {refused}", began)
            self._stop.wait(pause)

    def _read(self) -> None:
        address = f"{self.layout.gateway_url}/r1/{MEMBER}/identity/api/.well-known/jwks.json"
        while not self._stop.wait(0.1):
            began = time.monotonic()
            try:
                self._count(f"keys {requests.get(address, timeout=20).status_code}", began)
            except requests.RequestException as error:
                self._count(f"keys {type(error).__name__} {error}", began)

    def _count(self, what: str, began: float, accepted: int = 0) -> None:
        with self._lock:
            self.answers[what] += 1
            self.accepted += accepted
            self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - began)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A prepared mesh in which the demonstration's application may send letters, which go nowhere."""
    layout = Layout(tmp_path, free_shift())
    prepare(layout)
    catalogue = json.loads(layout.seed("catalogue").read_text())
    catalogue["rights"].append(
        {
            "subject": [f"{MEMBER}/demo"],
            "application": f"{MEMBER}/messaging",
            "methods": ["POST"],
            "path": ["/send/email/single"],
        }
    )
    layout.seed("catalogue").write_text(json.dumps(catalogue))
    return layout


@pytest.fixture
def deployed(layout: Layout) -> Iterator[dict[str, Replicas]]:
    """Two processes of the mediator and of messaging, one of identity, each behind the address that others know."""
    told = {
        "identity": {},
        "messaging": {"CHANNEL": "null", "CATCHER": "false", "DRAIN_SECONDS": "5"},
        "gateway": {"DRAIN_SECONDS": "5"},
    }
    ports = {name: layout.port(name) for name in ("identity", "messaging")} | {"gateway": GATEWAY_PORT + layout.shift}
    with (layout.state / "replicas.log").open("w") as output:
        all_of = {
            name: Replicas(layout, name, Balancer(ports[name]), environment, output)
            for name, environment in told.items()
        }
        for each in all_of.values():
            each.balancer.start()
        try:
            for each in all_of.values():
                each.launch()
            for name, each in all_of.items():
                each.wait_for(*each.running)  # it migrates, so that the second one need not
                if name != "identity":
                    each.wait_for(each.launch())
            yield all_of
        finally:
            for each in all_of.values():
                each.stop()
                each.balancer.stop()


@pytest.mark.timeout(240)
def test_a_rolling_restart_loses_no_call_and_no_letter(layout: Layout, deployed: dict[str, Replicas]) -> None:
    with Load(layout) as load, ThreadPoolExecutor(2) as pool:
        time.sleep(2)
        list(pool.map(Replicas.roll, (deployed["messaging"], deployed["gateway"])))
        time.sleep(2)

    calls = sum(load.answers.values())
    print(f"{calls / load.seconds:.0f} calls a second for {load.seconds:.0f} s, slowest {load.slowest_seconds:.2f} s")
    assert set(load.answers) == {"letter 200", "keys 200"}
    assert calls >= LEAST_CALLS
    assert deployed["messaging"].statuses == deployed["gateway"].statuses == [0, 0]
    assert _letters(layout) == load.accepted


def _letters(layout: Layout) -> int:
    """What messaging has on disk."""
    with closing(Database(layout.database("messaging"))) as database, database.reading() as tx:
        return int(tx.connection.exec_driver_sql("SELECT count(*) FROM message").scalar_one())


def _again_and_again(pauses: tuple[float, ...]) -> Iterator[float]:
    while True:
        yield from pauses


def _letter(title: str) -> dict[str, object]:
    return {
        "senderInfo": {"name": "City of Baraza"},
        "recipientInfo": {"email": "ann@example.org"},
        "emailContent": {"encoding": "UTF-8", "title": title, "content": "It has arrived."},
    }
