"""Calls to peers, against a real HTTP server in the mediator's place."""

import base64
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
from peer_server import PeerServer, Planned

from chassis import http_client
from chassis.database import Database
from chassis.errors import Unavailable
from chassis.http_client import Answer, PeerClient, PeerRefused
from chassis.tracing import Tracing


@pytest.fixture
def mediator() -> Iterator[PeerServer]:
    with PeerServer().serving() as server:
        yield server


@pytest.fixture
def peers(mediator: PeerServer) -> Iterator[PeerClient]:
    client = PeerClient(mediator.url, "BARAZA/GOV/1001/messaging", "a secret")
    yield client
    client._session().close()


def test_a_call_goes_through_the_mediator_and_says_who_calls(peers: PeerClient, mediator: PeerServer) -> None:
    mediator.planned = Planned(201, b'{"id": "1"}')

    answer = peers.call("registry", "POST", "/v1/things", body={"a": "é"}, query={"q": "x y"})

    [call] = mediator.calls
    assert answer == Answer(201, {"id": "1"})
    assert (call.method, call.path) == ("POST", "/r1/BARAZA/GOV/1001/registry/api/v1/things?q=x+y")
    assert call.headers["information-mediator-client"] == "BARAZA/GOV/1001/messaging"
    assert call.headers["proxy-authorization"] == "Bearer token-1"
    assert call.headers["content-type"] == "application/json"
    assert orjson.loads(call.body) == {"a": "é"}


def test_an_application_that_acts_for_itself_names_no_person(peers: PeerClient, mediator: PeerServer) -> None:
    peers.call("registry", "GET", "/v1/things")

    [call] = mediator.calls
    assert not {"authorization", "baraza-on-behalf-of", "idempotency-key", "content-type"} & set(call.headers)


def test_the_person_the_key_and_further_headers_travel_along(peers: PeerClient, mediator: PeerServer) -> None:
    peers.call(
        "registry", "GET", "v1/things", person_token="hers", on_behalf_of="pairwise", idempotency_key="once-only",
        headers={"Accept-Language": "sw"},
    )  # fmt: skip

    [call] = mediator.calls
    assert call.headers["authorization"] == "Bearer hers"
    assert call.headers["baraza-on-behalf-of"] == "pairwise"
    assert call.headers["idempotency-key"] == "once-only"
    assert call.headers["accept-language"] == "sw"


def test_a_connection_that_was_idle_is_not_used_again(
    peers: PeerClient, mediator: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_client, "_IDLE_SECONDS", 0.3)
    for pause in (0, 0, 0.5):
        time.sleep(pause)
        peers.call("registry", "GET", "/v1/things")

    first, second, third = (call.port for call in mediator.calls)
    assert first == second
    assert second != third


def test_the_trace_travels_along(peers: PeerClient, mediator: PeerServer) -> None:
    with Tracing("notes").span("asking") as span:
        peers.call("registry", "GET", "/v1/things")

    assert f"{span.get_span_context().trace_id:032x}" in mediator.calls[0].headers["traceparent"]


def test_no_peer_not_even_identity_is_called_in_a_transaction(
    peers: PeerClient, mediator: PeerServer, store: Database
) -> None:
    for opened in (store.transaction, store.reading):
        with opened(), pytest.raises(RuntimeError, match="put a job"):
            peers.call("registry", "GET", "/v1/things")

    assert (mediator.calls, mediator.token_calls) == ([], [])


def test_a_token_is_fetched_once_for_all_threads(peers: PeerClient, mediator: PeerServer) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: (peers.call("registry", "GET", "/"), peers._session().close()), range(24)))

    assert (len(mediator.calls), len(mediator.token_calls)) == (24, 1)


def test_the_token_is_asked_for_with_the_applications_own_credentials(peers: PeerClient, mediator: PeerServer) -> None:
    peers.call("registry", "GET", "/v1/things")

    [asked] = mediator.token_calls
    name, _, secret = base64.b64decode(asked.headers["authorization"].removeprefix("Basic ")).decode().partition(":")
    assert (name, secret) == ("BARAZA%2FGOV%2F1001%2Fmessaging", "a secret")
    assert asked.body == b"grant_type=client_credentials"


def test_a_token_is_renewed_before_it_ends(peers: PeerClient, mediator: PeerServer) -> None:
    mediator.give_token("ends within a minute", 59)
    peers.call("registry", "GET", "/v1/things")
    mediator.give_token("fresh", 3600)
    peers.call("registry", "GET", "/v1/things")

    assert [call.headers["proxy-authorization"] for call in mediator.calls] == [
        "Bearer ends within a minute",
        "Bearer fresh",
    ]


def test_a_token_that_is_refused_is_forgotten(
    peers: PeerClient, mediator: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_client, "_YOUNG_SECONDS", 0)
    mediator.planned = Planned(401)
    with pytest.raises(PeerRefused):
        peers.call("registry", "GET", "/v1/things")
    mediator.planned = Planned()
    mediator.give_token("under new keys", 3600)
    peers.call("registry", "GET", "/v1/things")

    assert mediator.calls[-1].headers["proxy-authorization"] == "Bearer under new keys"


def test_refusals_cost_no_more_than_a_token_a_minute(peers: PeerClient, mediator: PeerServer) -> None:
    mediator.planned = Planned(401)
    for _ in range(3):
        with pytest.raises(PeerRefused):
            peers.call("registry", "GET", "/v1/things", person_token="ended")

    assert len(mediator.token_calls) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_peer_in_trouble_is_unavailable(peers: PeerClient, mediator: PeerServer, status: int) -> None:
    mediator.planned = Planned(status, b'{"detail": "inner workings"}')

    with pytest.raises(Unavailable) as raised:
        peers.call("registry", "GET", "/v1/things")

    assert "inner workings" not in raised.value.detail


def test_a_peer_that_is_slow_is_unavailable(
    peers: PeerClient, mediator: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_client, "_TIMEOUT_SECONDS", (1, 0.2))
    mediator.planned = Planned(after_seconds=0.6)
    peers._access_token()

    with pytest.raises(Unavailable):
        peers.call("registry", "GET", "/v1/things")


def test_nobody_listening_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        peers = PeerClient(f"http://127.0.0.1:{taken.getsockname()[1]}", "BARAZA/GOV/1001/messaging", "")

        with pytest.raises(Unavailable, match="Identity"):
            peers.call("registry", "GET", "/v1/things")


@pytest.mark.parametrize(
    "token",
    [
        Planned(500),
        Planned(401),
        Planned(200, b"<html>"),
        Planned(200, b"[]"),
        Planned(200, b"{}"),
        Planned(302, headers={"Location": "/elsewhere"}),
    ],
    ids=["500", "401", "a page", "a list", "nothing", "a redirect"],
)
def test_without_a_token_the_peer_is_unavailable(peers: PeerClient, mediator: PeerServer, token: Planned) -> None:
    mediator.token = token

    with pytest.raises(Unavailable):
        peers.call("registry", "GET", "/v1/things")
    assert mediator.calls == []


def test_a_refusal_brings_the_peers_problem(peers: PeerClient, mediator: PeerServer) -> None:
    problem = {"type": "/problems/entry-closed", "title": "Closed", "status": 409, "detail": "Since May."}
    mediator.planned = Planned(409, orjson.dumps(problem))

    with pytest.raises(PeerRefused) as raised:
        peers.call("registry", "PUT", "/v1/things/1", body={})

    assert (raised.value.status, raised.value.problem, raised.value.detail) == (409, problem, "Since May.")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'"text"'])
def test_a_refusal_without_a_problem_is_a_refusal_too(peers: PeerClient, mediator: PeerServer, body: bytes) -> None:
    mediator.planned = Planned(404, body)

    with pytest.raises(PeerRefused) as raised:
        peers.call("registry", "GET", "/v1/things/1")

    assert (raised.value.status, raised.value.problem, raised.value.detail) == (404, {}, "404")


def test_no_redirect_is_followed(peers: PeerClient, mediator: PeerServer) -> None:
    mediator.planned = Planned(302, b"", {"Location": f"{mediator.url}/elsewhere"})

    with pytest.raises(PeerRefused) as raised:
        peers.call("registry", "GET", "/v1/things")

    assert raised.value.status == 302
    assert [call.path for call in mediator.calls] == ["/r1/BARAZA/GOV/1001/registry/api/v1/things"]


def test_an_answer_without_a_body_is_none(peers: PeerClient, mediator: PeerServer) -> None:
    mediator.planned = Planned(204, b"")

    assert peers.call("registry", "DELETE", "/v1/things/1") == Answer(204, None)


def test_a_proxy_of_the_environment_is_not_asked(
    peers: PeerClient, mediator: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    assert peers.call("registry", "GET", "/v1/things").status == 200
