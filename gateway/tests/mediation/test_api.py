"""The call path over the wire: what is carried, how, and what is turned away."""

import asyncio
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
from gateway.catalogue.actions import seed


def said(body: bytes, **headers: str) -> Any:
    async def reply(_: web.Request) -> web.Response:
        return web.Response(body=body, headers=headers)

    return reply


def context(world: World) -> dict[str, Any]:
    """What the provider was told by the mediator, signature checked."""
    keys = KeySet.import_key_set(context_keys(load_keys(world.settings)))
    return jwt.decode(world.provider.last.headers["Baraza-Context"], keys, algorithms=["Ed25519"]).claims


async def test_a_granted_call_reaches_the_provider_and_comes_back(mediator) -> None:
    async with mediator() as world:
        answer = await world.call("/v1/entries?page=2&q=%2F", method="POST", body=b'{"a": 1}')

        assert answer.status == 200
        assert orjson.loads(answer.body) == {"provider": "answers"}
        assert "X-Road-Error" not in answer.headers
        assert world.provider.last.target == "/v1/entries?page=2&q=%2F"
        assert world.provider.last.body == b'{"a": 1}'


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_every_verb_is_carried(mediator, method: str) -> None:
    async with mediator() as world:
        answer = await world.call(method=method)

        assert (answer.status, world.provider.last.method) == (200, method)


async def test_the_provider_learns_who_calls_from_the_mediator_alone(mediator) -> None:
    async with mediator() as world:
        forged = {"Baraza-Context": "forged", "X-Road-Request-Hash": "forged", "X-Road-Id": "my-id", "Cookie": "s=1"}
        person = {"Authorization": f"Bearer {make.person_token()}"}

        answer = await world.call(headers={**forged, **person})

        heard = world.provider.last.headers
        for name in ("Information-Mediator-Client", "X-GovStack-Client", "X-Road-Client"):
            assert heard.getall(name) == ["BARAZA/GOV/1001/portal"]
        assert heard["Authorization"] == person["Authorization"]
        assert heard["Cookie"] == "s=1"
        assert heard["X-Road-Id"] == "my-id"
        assert heard["X-Road-Request-Id"] == answer.headers["X-Road-Request-Id"]
        assert "Proxy-Authorization" not in heard
        assert "X-Road-Request-Hash" not in heard
        assert len(heard.getall("Baraza-Context")) == 1
        claims = context(world)
        assert (claims["aud"], claims["app"]) == ("registry", "BARAZA/GOV/1001/portal")
        assert claims["scopes"] == ["engagement.endorse", "registry.read"]
        assert claims["roles"] == ["participant"]
        assert str(make.ADA) not in str(claims)


async def test_the_reply_names_the_exchange(mediator) -> None:
    async with mediator() as world:
        world.provider.reply = said(b"x", **{"X-Road-Error": "forged", "X-Road-Service": "forged", "X-Own": "kept"})

        named = await world.call(headers={"X-Road-Id": "my-id"})
        made = await world.call()

        assert named.headers["X-Road-Id"] == "my-id"
        assert made.headers["X-Road-Id"]
        assert named.headers["X-Road-Request-Id"] != made.headers["X-Road-Request-Id"]
        assert named.headers["X-Road-Client"] == "BARAZA/GOV/1001/portal"
        assert named.headers.getall("X-Road-Service") == ["BARAZA/GOV/1001/registry/api"]
        assert len(named.headers["X-Road-Request-Hash"]) == 88
        assert "X-Road-Error" not in named.headers
        assert named.headers["X-Own"] == "kept"


async def test_a_token_of_one_client_does_not_open_the_door_of_another(mediator) -> None:
    async with mediator() as world:
        answer = await world.call(headers={"Information-Mediator-Client": make.client("engagement")})

        assert (answer.status, answer.headers["X-Road-Error"]) == (403, "client.access_denied")
        assert world.provider.heard == []
        [record] = world.records()
        facts = orjson.loads(record.content)
        assert (record.kind, record.client, facts["claimed"]) == (
            "refusal",
            "BARAZA/GOV/1001/portal",
            "BARAZA/GOV/1001/engagement",
        )
        assert record.request_id == answer.headers["X-Road-Request-Id"]


REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "no right to the application": ({"to": "engagement"}, 403, "client.access_denied"),
    "no token": ({"by": None}, 401, "client.authentication_failed"),
    "a claim without a token": (
        {"by": None, "headers": {"X-Road-Client": make.client("portal")}},
        401,
        "client.authentication_failed",
    ),
    "a broken token": ({"headers": {"Proxy-Authorization": "Bearer x"}}, 401, "client.authentication_failed"),
    "another scheme": ({"headers": {"Proxy-Authorization": "Basic eDp5"}}, 401, "client.authentication_failed"),
    "a broken person": ({"headers": {"Authorization": "Bearer x"}}, 401, "client.authentication_failed"),
    "two synonyms that differ": (
        {"headers": {"X-Road-Client": make.client("registry")}},
        400,
        "client.invalid_client_identifier",
    ),
    "an unknown member": ({"target": "/r1/BARAZA/GOV/9999/registry/api/v1"}, 404, "client.unknown_member"),
    "an unknown application": ({"to": "nowhere"}, 404, "client.unknown_service"),
    "an unknown service": ({"target": "/r1/BARAZA/GOV/1001/registry/other"}, 404, "client.unknown_service"),
    "no call at all": ({"target": "/favicon.ico"}, 404, "client.unknown_service"),
    "an alphabet of its own": ({"to": "my_registry"}, 400, "client.invalid_client_identifier"),
    "a path upwards": ({"path": "/v1/%2e%2e/admin"}, 400, "client.invalid_request"),
    "a long address": ({"path": "/" + "a" * 2000}, 400, "client.invalid_request"),
    "a verb that is none": ({"method": "TRACE"}, 400, "client.invalid_request"),
    "a broken message id": ({"headers": {"X-Road-Id": "a b"}}, 400, "client.invalid_request"),
}


@pytest.mark.parametrize(("call", "status", "type_"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_is_turned_away(mediator, call: dict[str, Any], status: int, type_: str) -> None:
    async with mediator() as world:
        answer = await world.call(**call)

        assert (answer.status, answer.headers["X-Road-Error"]) == (status, type_)
        body = orjson.loads(answer.body)
        assert (body["type"], set(body)) == (type_, {"type", "message", "detail"})
        assert world.provider.heard == []


async def test_a_token_without_a_client_header_is_turned_away(mediator) -> None:
    async with mediator() as world:
        proof = {"Proxy-Authorization": f"Bearer {make.application_token()}"}

        answer = await world.call(by=None, headers=proof)

        assert (answer.status, answer.headers["X-Road-Error"]) == (400, "client.missing_header")


async def test_anonymous_calls_pass_where_a_right_says_so_and_speak_for_nobody(mediator) -> None:
    async with mediator() as world:
        claims = {"X-Road-Client": make.client("portal"), "Baraza-Context": "forged", "X-Road-Request-Hash": "forged"}

        answer = await world.call("/public/page", by=None, headers=claims)

        assert answer.status == 200
        assert "X-Road-Client" not in answer.headers
        heard = world.provider.last.headers
        for name in ("X-Road-Client", "X-GovStack-Client", "Information-Mediator-Client", *claims):
            assert name not in heard
        assert {record.client for record in world.records()} == {"anonymous"}
        assert (await world.call("/public/page", by=None, method="POST")).status == 401
        assert (await world.call("/public/a/b", by=None)).status == 401


async def test_a_right_is_decided_on_the_path_that_the_provider_reads(mediator) -> None:
    async with mediator() as world:
        answer = await world.call("/%70ublic/page", by=None)

        assert answer.status == 200
        assert world.provider.last.target == "/%70ublic/page"


async def test_two_applications_know_a_person_under_two_names(mediator) -> None:
    async with mediator() as world:
        ada = {"Authorization": f"Bearer {make.person_token()}"}
        await world.call(headers=ada)
        at_registry = context(world)["sub"]
        await world.call(by="registry", to="engagement", headers=ada)
        at_engagement = context(world)["sub"]

        assert at_registry != at_engagement


async def test_acting_for_an_absent_person_translates_her_name(mediator) -> None:
    async with mediator() as world:
        ada = {"Authorization": f"Bearer {make.person_token()}"}
        await world.call(headers=ada)
        at_registry = context(world)["sub"]
        await world.call(by="registry", to="engagement", headers=ada)
        at_engagement = context(world)["sub"]
        for_ada = {"Baraza-On-Behalf-Of": at_registry}
        heard = len(world.provider.heard)

        assert (await world.call(by="registry", to="engagement", headers=for_ada)).status == 403
        world.rights[1]["on_behalf"] = True
        await allow(world)
        assert (await world.call(by="registry", to="engagement", headers=for_ada)).status == 200

        claims = context(world)
        assert claims["sub"] == at_engagement
        assert claims["scopes"] == ["registry.read"]
        assert not {"roles", "acr", "auth_time"} & claims.keys()
        assert "Baraza-On-Behalf-Of" not in world.provider.last.headers
        assert len(world.provider.heard) == heard + 1
        for wrong in (at_engagement, "nonsense", ""):
            refused = await world.call(by="registry", to="engagement", headers={"Baraza-On-Behalf-Of": wrong})
            assert refused.headers["X-Road-Error"] == "client.invalid_request"
        both = await world.call(by="registry", to="engagement", headers={**for_ada, **ada})
        assert both.status == 400


async def allow(world: World) -> None:
    """Apply the rights as they stand now, as a start with another file would, and wait for the poll."""
    world.write_catalogue()
    with world.database.transaction() as tx:
        seed(tx, world.catalogue.read_text(), at=world.clock())
    await asyncio.sleep(0.3)


async def test_a_withdrawn_right_stops_calls_within_five_seconds(mediator) -> None:
    async with mediator() as world:
        assert (await world.call()).status == 200
        world.rights.pop(0)

        await allow(world)

        assert (await world.call()).status == 403


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
