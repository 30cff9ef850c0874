"""A server that is told to stop: unready at once, open for a while, then closed to new calls."""

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from authority import Authority
from patience import eventually

from chassis import tls
from chassis.app import App
from chassis.http_client import session
from chassis.serving import Server
from chassis.settings import BadSetting
from chassis.testing.client import Speaker
from chassis.tls import Authorities

MakeApp = Callable[..., App]


@contextmanager
def served(app: App, drained: Callable[[], None] = lambda: None, **settings: object) -> Iterator[tuple[Server, str]]:
    """The app at a port of its own, in a thread; its address."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = int(asked.getsockname()[1])
    own = replace(app.runtime.settings, port=port, **settings)
    server = Server(app, own, app.health.stop, drained)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    try:
        yield server, f"http{'s' if own.tls_certificate else ''}://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def context(speaker: Speaker) -> dict[str, str]:
    """Headers of a caller who may write notes."""
    return {"Baraza-Context": speaker.context("notes", {"scopes": ["notes.write"], "subject": "ann"})}


def refuses_connections(url: str) -> bool:
    try:
        requests.get(f"{url}/live", timeout=2)
    except requests.ConnectionError:
        return True
    return False


def test_until_the_drain_is_over_it_is_unready_and_answers(app: App, context: dict[str, str]) -> None:
    with served(app, drain_seconds=1.0) as (server, url), requests.Session() as client:
        before = client.get(f"{url}/v1/notes", headers=context)
        server.handle_exit(signal.SIGTERM, None)
        unready = client.get(f"{url}/ready")
        during = client.get(f"{url}/v1/notes", headers=context)
        told = time.monotonic()
        eventually(lambda: refuses_connections(url))

    assert (before.status_code, before.headers.get("Connection")) == (200, None)
    assert (unready.status_code, unready.json()) == (503, {"status": "not ready", "reasons": ["stopping"]})
    assert (during.status_code, during.headers["Connection"]) == (200, "close")
    assert time.monotonic() - told < 5


def test_what_is_in_flight_when_the_drain_ends_is_answered(make_app: MakeApp, context: dict[str, str]) -> None:
    app = make_app(failpoints="request.before_commit:delay=1.5")
    answers: list[int] = []
    drained = threading.Event()

    def write() -> None:
        answers.append(requests.post(f"{url}/v1/notes", json={"text": "late"}, headers=sent, timeout=10).status_code)

    with served(app, drained.set) as (server, url):
        sent = context | {"Idempotency-Key": "late-note-1"}
        writing = threading.Thread(target=write)
        writing.start()
        eventually(lambda: bool(server.server_state.tasks))
        server.handle_exit(signal.SIGTERM, None)
        eventually(lambda: drained.is_set() and refuses_connections(url))
        before = list(answers)
        writing.join()

    assert before == []
    assert answers == [201]


def test_a_second_signal_does_not_wait(app: App) -> None:
    with served(app, drain_seconds=60.0) as (server, url):
        server.handle_exit(signal.SIGINT, None)
        assert not refuses_connections(url)
        server.handle_exit(signal.SIGINT, None)
        eventually(lambda: refuses_connections(url))


def test_it_serves_tls_and_takes_up_a_renewed_certificate(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls, "REFRESH_SECONDS", 1)
    authority = Authority(tmp_path)
    certificate, key = authority.issue()
    believed = Authorities(str(authority.ca)).context()

    with served(app, tls_certificate=str(certificate), tls_key=str(key)) as (_, url):
        with session(believed) as client:
            answer = client.get(f"{url}/live", timeout=5)
        first = certificate_of(url)
        authority.issue()
        eventually(lambda: certificate_of(url) != first)

    assert answer.status_code == 200


def test_a_certificate_that_cannot_be_used_starts_no_server(app: App) -> None:
    with pytest.raises(BadSetting, match="TLS_CERTIFICATE"):
        Server(app, replace(app.runtime.settings, tls_certificate="gone", tls_key="gone"), app.health.stop)


def certificate_of(url: str) -> str:
    host, port = url.removeprefix("https://").split(":")
    return tls.ssl.get_server_certificate((host, int(port)))
