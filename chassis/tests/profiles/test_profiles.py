"""The two profiles answer alike, to the letter."""

from collections.abc import Iterator
from typing import Any

import note_block
import orjson
import pytest
import shape_block

import contracts
from chassis import app as chassis_app
from chassis import framework
from chassis.context import HEADER
from chassis.settings import BadSetting, ServiceSettings
from chassis.testing.client import Client, Reply, Speaker

JSON = {"Content-Type": "application/json", "If-Match": '"1"'}
GOOD: dict[str, Any] = {"name": {"en": "A shape"}}
PUT, URL = "PUT", "/v1/shapes/abc"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def put(status: int, lane: bool = False, /, **members: Any) -> tuple[Any, ...]:
    """A change of a shape with these members."""
    return (PUT, URL, orjson.dumps(GOOD | members), JSON, status, lane)


# method, address, body, headers, status, whether the fast profile's lane takes it itself
REQUESTS: list[tuple[Any, ...]] = [
    ("GET", "/v1/shapes", None, {}, 200, True),
    ("GET", "/v1/shapes?limit=5&cursor=abc&open=true&id=7", None, {}, 200, True),
    ("GET", "/v1/shapes?limit=5&limit=6&cursor=&open=FALSE", None, {}, 200, True),
    ("GET", "/v1/shapes?tag=a&tag=b,c&tag=", None, {}, 200, True),
    ("GET", "/v1/shapes?tag=aaaaaaaaaa", None, {}, 400, False),
    ("GET", "/v1/shapes?limit=%205%20", None, {}, 200, True),
    ("GET", "/v1/shapes?limit=1_0", None, {}, 200, True),
    ("GET", "/v1/shapes?limit=0", None, {}, 400, False),
    ("GET", "/v1/shapes?limit=1.0", None, {}, 400, False),
    ("GET", "/v1/shapes?limit=", None, {}, 400, False),
    ("GET", f"/v1/shapes?limit={'9' * 5000}", None, {}, 400, False),
    ("GET", f"/v1/shapes?id={'9' * 18}", None, {}, 200, True),
    ("GET", "/v1/shapes?open=yes", None, {}, 400, False),
    ("GET", "/v1/shapes?since=2026-06-01T12:00:00Z", None, {}, 200, True),
    ("GET", "/v1/shapes?since=2026-06-01T12:00:00%2B03:00", None, {}, 200, True),
    ("GET", "/v1/shapes?since=2026-06-01", None, {}, 400, False),
    ("GET", "/v1/shapes?since=2026-06-01t12:00:00z", None, {}, 200, True),
    ("GET", "/v1/shapes?code=12", None, {}, 200, True),
    ("GET", "/v1/shapes?code=12%0a", None, {}, 400, False),
    ("GET", "/v1/shapes?code=%D9%A1%D9%A2", None, {}, 400, False),
    ("GET", "/v1/shapes?cursor=%C3%A9%20+%26", None, {}, 200, True),
    ("GET", "/v1/shapes?cursor=%FF", None, {}, 200, False),
    ("GET", "/v1/shapes?cursor=%00", None, {}, 400, False),
    ("GET", "/v1/shapes?cursor=null", None, {}, 200, True),
    ("GET", "/v1/shapes?orderBy=old", None, {}, 200, True),
    ("GET", "/v1/shapes?orderBy=best", None, {}, 400, False),
    ("GET", "/v1/shapes?order_by=old", None, {}, 400, False),
    ("GET", "/v1/shapes?unused=x", None, {}, 200, True),
    ("GET", "/v1/shapes?tag[a]=x", None, {}, 400, False),
    ("GET", "/v1/shapes?=x", None, {}, 400, False),
    ("GET", "/v1/shapes?&&", None, {}, 200, True),
    ("GET", "/v1/shapes", b"a body that nobody asked for", {}, 200, True),
    ("GET", "/v1/shapes/mine", None, {}, 200, True),
    ("GET", "/v1/shapes/%C3%A9t%C3%A9", None, {}, 200, True),
    ("GET", "/v1/shapes/%FF", None, {}, 400, False),
    ("GET", "/v1/shapes/a%2Fb", None, {}, 404, False),
    ("GET", "/v1/shapes/ABC", None, {}, 400, False),
    ("GET", "/v1/shapes/abc%0A", None, {}, 400, False),
    ("GET", "/v1/shapes/{}", None, {}, 400, False),
    ("GET", "/v1/shapes/aaaaaaaaaa", None, {}, 400, False),
    ("GET", "/v1/shapes//", None, {}, 200, True),
    ("GET", "/v1//shapes", None, {}, 404, False),
    ("GET", "/v1/open/", None, {}, 200, True),
    ("GET", "/v1/open/", None, {HEADER: ""}, 200, True),
    ("GET", "/v1/nothing", None, {}, 404, False),
    ("PATCH", "/v1/shapes/abc", b"{}", JSON, 405, False),
    ("DELETE", "/v1/shapes", None, {}, 405, False),
    ("DELETE", "/v1/shapes/abc", None, {}, 204, True),
    ("POST", "/v1/shapes", None, {}, 200, True),
    ("GET", "/v1/shapes", None, {HEADER: ""}, 401, False),
    ("GET", "/v1/shapes?limit=0", None, {HEADER: "x"}, 401, False),
    ("GET", "/v1/large", None, {}, 413, False),
    ("GET", "/v1/stream?rows=2", None, {}, 200, False),
    ("GET", "/v1/stream?rows=30000", None, {}, 200, False),
    ("GET", "/v1/stream?rows=-1", None, {}, 404, False),
    ("GET", "/v1/stream", None, {}, 400, False),
    ("POST", "/v1/notes", b"word=%C3%A9", FORM, 200, False),
    ("POST", "/v1/notes", b"word=a&more=b", FORM, 400, False),
    ("POST", "/v1/notes", b"other=a", FORM, 400, False),
    ("POST", "/v1/notes", b"{}", JSON, 415, False),
    put(200, True),
    put(200, True, id="read only", size=9, kind="round", weight=1.5, corners=[1, 2], other=None),
    put(200, True, size=None, kind=None),
    put(422, size=10),
    put(422, size=1.0),
    put(422, size=True),
    (PUT, URL, b'{"name": {"en": "a"}, "size": ' + b"9" * 30 + b"}", JSON, 422, False),
    put(422, weight=None),
    put(422, kind="oval"),
    put(422, name=None),
    put(422, name={}),
    put(422, name={"en": ""}),
    put(422, more=1),
    put(200, True, email="a@b", uuid="none", day="someday"),
    put(422, email="nobody"),
    put(200, True, at="2026-06-01T12:00:00.123456Z"),
    put(422, at="2026-02-30T12:00:00Z"),
    put(422, at="2026-06-01 12:00"),
    put(200, True, code="abc"),
    put(422, code="abc\n"),
    put(422, code="a b"),
    put(422, corners=[1, 2, 3]),
    put(422, corners=[1, 1]),
    put(422, corners=["1"]),
    put(200, True, either="a"),
    put(200, True, either={"a": 1}),
    put(422, either={"a": "1"}),
    put(422, either=1),
    put(200, True, other="yes"),
    put(422, other="no"),
    (PUT, "/v1/shapes/gone", orjson.dumps(GOOD), JSON, 410, False),
    (PUT, "/v1/shapes/GONE", orjson.dumps(GOOD), JSON, 422, False),
    (PUT, URL, orjson.dumps(GOOD), {"Content-Type": "application/json"}, 422, False),
    (PUT, URL, orjson.dumps(GOOD), JSON | {"If-Match": "1"}, 422, False),
    (PUT, URL, orjson.dumps(GOOD), JSON | {"Content-Type": "application/json; charset=utf-8"}, 200, True),
    (PUT, URL, orjson.dumps(GOOD), JSON | {"Content-Type": "Application/JSON ; charset=klingon"}, 200, True),
    (PUT, URL, orjson.dumps(GOOD), JSON | {"Content-Type": "text/json"}, 415, False),
    (PUT, URL, orjson.dumps(GOOD), JSON | {"Content-Type": "application/problem+json"}, 415, False),
    (PUT, URL, b"", JSON, 422, False),
    (PUT, URL, b"null", JSON, 422, False),
    (PUT, URL, b"[]", JSON, 422, False),
    (PUT, URL, b"{", JSON, 422, False),
    (PUT, URL, b'{"name": {"en": "a\\u0000b"}}', JSON, 422, False),
    (PUT, URL, b'{"name": {"en": "first", "en": "last"}}', JSON, 200, True),
]


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Client]]:
    """A client for each profile, by its name."""
    folder, speaker = tmp_path_factory.mktemp("shapes"), Speaker()
    keys = str(speaker.write_keys(folder))
    caller = {"scopes": ["shapes.read", "shapes.write"], "subject": "ann"}
    with pytest.MonkeyPatch.context() as patch:
        shape_block.promise(patch)
        made = {}
        for profile in (framework.FAST, framework.STOCK):
            url = f"sqlite:///{folder}/{profile}.db"
            own = ServiceSettings(port=0, database_url=url, context_keys=keys, http_profile=profile)
            made[profile] = shape_block.build(own)
        yield {profile: Client(app, speaker, "shapes", caller) for profile, app in made.items()}
        for app in made.values():
            app.close()


def told(reply: Reply) -> tuple[Any, ...]:
    """What a client sees, without what differs from call to call."""
    body = reply.body
    if isinstance(body, dict):
        body = {name: value for name, value in body.items() if name not in {"traceId", "lane"}}
    allow = sorted(reply.headers.get("allow", "").split(", "))
    return reply.status, body, allow, {name: reply.headers.get(name) for name in ("content-type", "content-length")}


@pytest.mark.parametrize(("method", "path", "body", "headers", "status", "lane"), REQUESTS, ids=lambda v: repr(v)[:70])
def test_both_profiles_answer_alike(
    clients: dict[str, Client], method: str, path: str, body: Any, headers: dict[str, str], status: int, lane: bool
) -> None:
    fast, stock = (clients[profile](method, path, body, headers) for profile in (framework.FAST, framework.STOCK))

    assert told(fast) == told(stock)
    assert fast.status == status
    if status == 200 and isinstance(fast.body, dict):
        assert (fast.body["lane"], stock.body["lane"]) == (lane, False)
    if status >= 400:
        assert set(fast.body) >= {"type", "title", "status", "instance", "traceId"} or "%00" in path or "%0A" in path


def test_the_function_gets_python_values(clients: dict[str, Client]) -> None:
    asked = clients[framework.FAST].get("/v1/shapes?limit=5&open=true&tag=a,b").body

    assert asked["arguments"] == {"limit": 5, "open": True, "tag": ["a", "b"], "order_by": "new"}


def test_a_default_is_what_is_not_asked(clients: dict[str, Client]) -> None:
    assert clients[framework.FAST].get("/v1/shapes").body["arguments"] == {"limit": 20, "order_by": "new"}


@pytest.mark.parametrize("profile", [framework.FAST, framework.STOCK])
@pytest.mark.parametrize(("scopes", "status"), [(["shapes.write"], 200), (["shapes.import"], 200), ([], 403)])
def test_one_way_in_of_several_is_enough(
    clients: dict[str, Client], profile: str, scopes: list[str], status: int
) -> None:
    caller = clients[profile]._speaker.context("shapes", {"scopes": scopes})

    assert clients[profile]("POST", "/v1/shapes", headers={HEADER: caller}).status == status


def test_an_unknown_profile_is_no_setting(settings: ServiceSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    shape_block.promise(monkeypatch)
    unknown = ServiceSettings(port=0, database_url=settings.database_url, http_profile="faster")

    with pytest.raises(BadSetting, match="HTTP_PROFILE"):
        shape_block.build(unknown)


@pytest.mark.parametrize("profile", [framework.FAST, framework.STOCK])
def test_answers_are_held_against_the_contract_where_asked(
    settings: ServiceSettings, speaker: Speaker, monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    note_block.promise(monkeypatch)
    told = {"type": "object", "required": ["never"], "properties": {"never": {"type": "string"}}}
    document = contracts.openapi("notes")
    document["paths"]["/v1/notes"]["get"]["responses"]["200"]["content"] = {"application/json": {"schema": told}}
    own = ServiceSettings(
        port=0, database_url=settings.database_url, context_keys=settings.context_keys, http_profile=profile
    )
    app = chassis_app.create(note_block.declared(), own, validate_responses=True)

    reply = Client(app, speaker, "notes", {"scopes": ["notes.write"]}).get("/v1/notes")

    app.close()
    assert reply.status == 500
