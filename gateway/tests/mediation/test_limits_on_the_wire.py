"""Limits, time-outs and failing providers, over the wire."""

import asyncio
import time
from collections.abc import AsyncIterator

import make
import orjson
from aiohttp import web


async def test_too_many_calls_are_told_when_to_come_back(mediator) -> None:
    async with mediator(requests_burst=2, requests_per_second=0.5) as world:
        answers = [await world.call() for _ in range(3)]

        assert [answer.status for answer in answers] == [200, 200, 429]
        assert answers[2].headers["X-Road-Error"] == "client.too_many_requests"
        assert answers[2].headers["Retry-After"] == "2"
        assert (await world.call(by="registry", to="engagement")).status == 200
        world.clock.move(seconds=2)
        assert (await world.call()).status == 200


async def test_anonymous_calls_have_a_limit_of_their_own(mediator) -> None:
    async with mediator(anonymous_burst=1, anonymous_per_second=0.1) as world:
        assert (await world.call("/public/x", by=None)).status == 200
        assert (await world.call("/public/x", by=None)).status == 429
        assert (await world.call()).status == 200


async def parts(count: int, size: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size


async def test_a_body_that_is_too_large_is_refused_announced_or_not(mediator) -> None:
    async with mediator(max_body_bytes=1000) as world:
        fits = await world.call(method="POST", body=b"x" * 1000)
        announced = await world.call(method="POST", body=b"x" * 1001)
        streamed = await world.call(method="POST", body=parts(11, 100))  # type: ignore[arg-type]

        assert (fits.status, announced.status, streamed.status) == (200, 413, 413)
        assert announced.headers["X-Road-Error"] == "client.request_too_large"
        assert len(world.provider.heard) == 1


async def test_a_body_that_never_ends_is_given_up_on(mediator) -> None:
    async with mediator(body_timeout_seconds=0.3) as world:
        token, target = make.application_token(), f"/r1/{make.MEMBER}/registry/api/x"
        head = f"POST {target} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Bearer {token}\r\n"
        head += f"X-Road-Client: {make.client('portal')}\r\nContent-Length: 100\r\n\r\nhalf"

        answer = await world.raw(head.encode())

        assert answer.startswith(b"HTTP/1.1 400"), answer[:60]
        assert world.provider.heard == []


async def test_a_provider_that_is_away_is_told_and_on_record(mediator) -> None:
    async with mediator() as world:
        world.sql("UPDATE service SET base_url = 'http://127.0.0.1:9'")
        world.sql("UPDATE registration SET version = version + 1")
        await asyncio.sleep(0.3)

        answer = await world.call()

        assert (answer.status, answer.headers["X-Road-Error"]) == (502, "server.serverproxy.network_error")
        assert orjson.loads(answer.body)["type"] == "server.serverproxy.network_error"
        request, response = world.records()
        assert (request.kind, response.kind) == ("request", "response")
        assert orjson.loads(response.content)["faultCode"] == "server.serverproxy.network_error"


async def test_a_provider_that_takes_too_long_is_left(mediator) -> None:
    async with mediator(provider_timeout_seconds=0.3) as world:

        async def reply(_: web.Request) -> web.Response:
            await asyncio.sleep(20)
            return web.Response()

        world.provider.reply = reply
        started = time.perf_counter()
        answer = await world.call()

        assert (answer.status, answer.headers["X-Road-Error"]) == (504, "server.serverproxy.timeout")
        assert time.perf_counter() - started < 15, "it did not wait for the provider"
        assert [record.kind for record in world.records()] == ["request", "response"]


async def test_an_answer_that_is_too_large_is_not_relayed(mediator) -> None:
    async with mediator(max_answer_bytes=1000) as world:

        async def announced(_: web.Request) -> web.Response:
            return web.Response(body=b"x" * 1001)

        async def streamed(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            for _ in range(11):
                await response.write(b"x" * 100)
            return response

        for reply in (announced, streamed):
            world.provider.reply = reply
            answer = await world.call()
            assert (answer.status, answer.headers["X-Road-Error"]) == (502, "server.serverproxy.service_failed")


async def test_a_provider_that_breaks_off_is_told(mediator) -> None:
    async with mediator() as world:

        async def reply(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Length": "100"})
            await response.prepare(request)
            await response.write(b"half")
            assert request.transport is not None
            request.transport.abort()
            return response

        world.provider.reply = reply
        answer = await world.call()

        assert (answer.status, answer.headers["X-Road-Error"]) == (502, "server.serverproxy.network_error")


async def test_calls_beyond_the_places_are_told_to_come_back(mediator) -> None:
    async with mediator(max_in_flight=1) as world:
        held, release = asyncio.Event(), asyncio.Event()

        async def reply(_: web.Request) -> web.Response:
            held.set()
            await release.wait()
            return web.Response()

        world.provider.reply = reply
        first = asyncio.create_task(world.call())
        await held.wait()
        second = await world.call()
        release.set()

        assert (second.status, second.headers["X-Road-Error"]) == (503, "server.clientproxy.overloaded")
        assert (await first).status == 200
        assert (await world.call()).status == 200
