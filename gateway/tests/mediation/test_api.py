"""The call path over the wire: what is carried, how, and what is turned away."""

import asyncio
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
