"""What the provider answers comes back as it is, and operators see how the mediator does."""

import gzip
from typing import Any

import make
import orjson
import pytest
from aiohttp import web
from joserfc import jwt
from joserfc.jwk import KeySet
from world import World

from gateway.app import context_keys, load_keys


def said(body: bytes, **headers: str) -> Any:
    async def reply(_: web.Request) -> web.Response:
        return web.Response(body=body, headers=headers)

    return reply


def context(world: World) -> dict[str, Any]:
    """What the provider was told by the mediator, signature checked."""
    keys = KeySet.import_key_set(context_keys(load_keys(world.settings)))
    return jwt.decode(world.provider.last.headers["Baraza-Context"], keys, algorithms=["Ed25519"]).claims


@pytest.mark.parametrize("status", [201, 204, 304, 404, 418, 500, 503])
async def test_the_providers_own_answer_is_passed_untouched(mediator, status: int) -> None:
    async with mediator() as world:

        async def reply(_: web.Request) -> web.Response:
            response = web.Response(status=status, headers={"ETag": "1", "Content-Type": "text/x"})
            response.headers.add("Set-Cookie", "a=1")
            response.headers.add("Set-Cookie", "b=2")
            response.body = b"own words" if status not in {204, 304} else b""
            return response

        world.provider.reply = reply
        answer = await world.call()

        assert answer.status == status
        assert "X-Road-Error" not in answer.headers
        assert answer.body == (b"own words" if status not in {204, 304} else b"")
        assert answer.headers.getall("Set-Cookie") == ["a=1", "b=2"]
        assert answer.headers["ETag"] == "1"


async def test_redirects_are_passed_back_and_not_followed(mediator) -> None:
    async with mediator() as world:

        async def reply(_: web.Request) -> web.Response:
            return web.Response(status=302, headers={"Location": "/elsewhere"})

        world.provider.reply = reply
        answer = await world.call()

        assert (answer.status, answer.headers["Location"]) == (302, "/elsewhere")
        assert len(world.provider.heard) == 1


async def test_bodies_travel_as_they_are_compressed_or_not(mediator) -> None:
    async with mediator() as world:
        packed = gzip.compress(b"much " * 100)
        world.provider.reply = said(packed, **{"Content-Encoding": "gzip"})

        answer = await world.call(method="POST", body=packed, headers={"Content-Encoding": "gzip"})

        assert world.provider.last.body == packed
        assert (answer.body, answer.headers["Content-Encoding"]) == (packed, "gzip")


async def test_large_bodies_travel_both_ways(mediator) -> None:
    async with mediator() as world:
        large = bytes(range(256)) * 20_000
        world.provider.reply = said(large)

        answer = await world.call(method="PUT", body=large)

        assert world.provider.last.body == large
        assert answer.body == large


async def test_a_head_answer_keeps_its_length(mediator) -> None:
    async with mediator() as world:
        world.provider.reply = said(b"12345")

        answer = await world.call(method="HEAD")

        assert (answer.headers["Content-Length"], answer.body) == ("5", b"")


async def test_a_streamed_answer_is_carried(mediator) -> None:
    async with mediator() as world:

        async def reply(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            await response.write(b"one ")
            await response.write(b"two")
            return response

        world.provider.reply = reply

        assert (await world.call()).body == b"one two"


async def test_nothing_of_the_mediators_machinery_shows(mediator) -> None:
    async with mediator() as world:
        answer = await world.call()
        refused = await world.call(by=None)

        assert answer.headers["Server"] == refused.headers["Server"] == "Baraza"
        assert "User-Agent" not in world.provider.last.headers
        assert world.provider.last.headers["Accept"] == "*/*"


async def test_only_a_proven_applications_trace_goes_on(mediator) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    brought = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01", "baggage": "who=ada"}
    async with mediator() as world:
        await world.call(headers=brought)
        proven = world.provider.last.headers
        await world.call("/public/x", by=None, headers=brought)
        anonymous = world.provider.last.headers

        assert proven["traceparent"].split("-")[1] == trace
        assert proven["traceparent"] != brought["traceparent"]
        assert anonymous["traceparent"].split("-")[1] != trace
        assert "baggage" not in proven
        assert orjson.loads(world.records()[0].content)["traceId"] == trace


async def test_keys_that_are_known_serve_while_identity_is_away(mediator) -> None:
    async with mediator() as world:
        await world.call()
        world.jwks_status = 500

        assert (await world.call(headers={"Proxy-Authorization": f"Bearer {make.application_token()}"})).status == 200
        assert world.jwks_asked == 1


async def test_without_identity_at_all_a_call_is_told_to_come_back(mediator) -> None:
    async with mediator(jwks_url="http://127.0.0.1:9/none") as world:
        answer = await world.call()

        assert (answer.status, answer.headers["X-Road-Error"]) == (503, "server.clientproxy.identity_unavailable")
        assert answer.headers["Retry-After"] == "1"
        assert world.provider.heard == []


async def test_operators_see_life_readiness_figures_and_keys(mediator) -> None:
    async with mediator() as world:
        await world.call()
        await world.call(to="engagement")

        live, ready, figures, keys = [
            await world.call(by=None, target=target)
            for target in ("/live", "/ready", "/metrics", "/.well-known/context-keys.json")
        ]

        assert (live.status, ready.status) == (200, 200)
        text = figures.body.decode()
        assert 'gateway_requests_total{outcome="answered"} 1.0' in text
        assert 'gateway_requests_total{outcome="client.access_denied"} 1.0' in text
        assert 'gateway_access_denied_total{application="engagement"} 1.0' in text
        assert 'gateway_request_duration_seconds_count{application="registry",status_class="2xx"} 1.0' in text
        assert "gateway_log_batch_records_count 3.0" in text
        [key] = orjson.loads(keys.body)["keys"]
        assert (key["kty"], key["crv"], "d" in key) == ("OKP", "Ed25519", False)


async def test_the_context_keys_also_stand_in_a_file(mediator) -> None:
    async with mediator() as world:
        told = await world.call(by=None, target="/.well-known/context-keys.json")

        assert (world.folder / "state" / "context-keys.json").read_bytes() == told.body
