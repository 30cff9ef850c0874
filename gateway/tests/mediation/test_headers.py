"""What stands in a request, and what travels on."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Refusal
from gateway.mediation import headers
from gateway.mediation.headers import InvalidRequest
from gateway.members.model import InvalidClientIdentifier

ROOT = "/r1/BARAZA/GOV/1001/registry/api"


@pytest.mark.parametrize(
    ("target", "raw", "path", "query"),
    [
        (ROOT, "/", "/", None),
        (f"{ROOT}/", "/", "/", None),
        (f"{ROOT}?a=1", "/", "/", "a=1"),
        (f"{ROOT}/v1/x", "/v1/x", "/v1/x", None),
        (f"{ROOT}/v1/x/", "/v1/x/", "/v1/x/", None),
        (f"{ROOT}/v1/x?", "/v1/x", "/v1/x", ""),
        (f"{ROOT}/v1/x?q=/../%2f%00", "/v1/x", "/v1/x", "q=/../%2f%00"),
        (f"{ROOT}/v1/%C3%A9t%20e", "/v1/%C3%A9t%20e", "/v1/ét e", None),
        (f"{ROOT}/v1/%70rivate", "/v1/%70rivate", "/v1/private", None),
        (f"{ROOT}/.well-known/...", "/.well-known/...", "/.well-known/...", None),
        ("/r1/BARAZA/GOV/10%301/registry/api/v1", "/v1", "/v1", None),
    ],
)
def test_a_target_is_read(target: str, raw: str, path: str, query: str | None) -> None:
    call = headers.service_call(target)

    assert (str(call.provider), call.service) == ("BARAZA/GOV/1001/registry", "api")
    assert (call.raw, call.path, call.query) == (raw, path, query)
    assert call.target == (raw if query is None else f"{raw}?{query}")


@pytest.mark.parametrize(
    "rest",
    [
        "/v1/../x", "/..", "/.", "/v1/./x", "/v1/%2e%2e/x", "/v1/.%2E/x", "/v1/..;a/x", "/v1/.;/x",
        "//x", "/v1//x", "/v1/x//", "/v1/%2fx", "/v1/%2Fx", "/v1/%5cx", "/v1/\\x", "/v1/%00", "/v1/%0a", "/v1/%7f",
        "/v1/%252e%252e/x", "/v1/%252f", "/v1/%255c", "/v1/%2500", "/v1/%c0%ae%c0%ae/x", "/v1/%ff", "/v1/%", "/v1/%g1",
        "/v1/%2", "/v1/x#y", "/v1/x y", "/v1/\x01", "/v1/é", "/v1/x?y#z", "/v1/x?y z", '/v1/"', "/v1/<x>", "/v1/{x}",
    ],
)  # fmt: skip
def test_a_target_that_two_readers_could_read_differently_is_refused(rest: str) -> None:
    with pytest.raises(InvalidRequest):
        headers.service_call(ROOT + rest)


@pytest.mark.parametrize(
    "target",
    ["", "r1", "/", "/r1", "/r2/A/B/C/D/api", "/r1/A/B/C/D", "http://x/r1/A/B/C/D/api", "*", "/r1/A/B/my_c/D/api",
     "/r1/A/B/C%2FD/E/api", "/r1/A/B/../D/api", "/r1//B/C/D/api", "/r1/A/B/C/D/"],
)  # fmt: skip
def test_what_is_no_call(target: str) -> None:
    with pytest.raises(Refusal):
        headers.service_call(target)


def test_an_address_is_at_most_2000_characters() -> None:
    headers.service_call((ROOT + "/").ljust(2000, "a"))

    with pytest.raises(InvalidRequest):
        headers.service_call((ROOT + "/").ljust(2001, "a"))


HOSTILE = st.text(st.sampled_from(list("ab/.%2eEfF5cC0;:@?#\\&= \n\x00é~*'()+,![]{}|^")), max_size=40)


@given(HOSTILE)
def test_no_target_leaves_the_registered_base(rest: str) -> None:
    try:
        call = headers.service_call(f"{ROOT}/{rest}")
    except Refusal:
        return

    parts = urlsplit("http://provider.example:8103/base" + call.target)

    assert (parts.scheme, parts.netloc, parts.fragment) == ("http", "provider.example:8103", "")
    assert parts.path.startswith("/base/")
    seen = unquote(unquote(parts.path))
    assert not {".", ".."} & set(seen.replace("\\", "/").split("/")), seen
    assert "//" not in seen
    assert seen.isprintable()


@pytest.mark.parametrize("name", ["Information-Mediator-Client", "X-GovStack-Client", "x-road-client"])
def test_the_client_headers_are_synonyms(name: str) -> None:
    assert str(headers.claimed_client(headers.index([(name, "BARAZA/GOV/1001/portal")]))) == "BARAZA/GOV/1001/portal"


def test_parts_of_the_client_header_are_decoded_each_by_itself() -> None:
    assert (
        headers.claimed_client(headers.index([("X-Road-Client", "BARAZA/GOV/1001/%70ortal")])).application == "portal"
    )  # type: ignore[union-attr]


def test_synonyms_may_agree() -> None:
    told = [("X-Road-Client", "A/B/C/D"), ("X-GovStack-Client", "A/B/C/%44")]

    assert str(headers.claimed_client(headers.index(told))) == "A/B/C/D"


@pytest.mark.parametrize(
    "told",
    [
        [("X-Road-Client", "A/B/C/D"), ("X-GovStack-Client", "A/B/C/E")],
        [("X-Road-Client", "A/B/C/D"), ("X-Road-Client", "A/B/C/E")],
        [("X-Road-Client", "A/B/C/D"), ("Information-Mediator-Client", "")],
        [("X-Road-Client", "A/B/C%2FD/E")],
        [("X-Road-Client", "A/B/C%2FD")],
        [("X-Road-Client", "A/B/C/%ff")],
        [("X-Road-Client", "A/B/C/%4")],
    ],
)
def test_a_conflicting_or_broken_client_is_refused(told: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidClientIdentifier):
        headers.claimed_client(headers.index(told))


def test_no_client_header_is_nobody() -> None:
    assert headers.claimed_client(headers.index([("Accept", "*/*")])) is None


FROM_CLIENT = [
    ("Host", "gateway"), ("Connection", "keep-alive, X-Mine"), ("X-Mine", "1"), ("Keep-Alive", "5"), ("TE", "trailers"),
    ("Proxy-Authorization", "Bearer a"), ("Authorization", "Bearer p"), ("User-Agent", "curl"), ("Expect", "x"),
    ("Content-Length", "3"), ("Transfer-Encoding", "chunked"), ("Upgrade", "h2c"), ("Cookie", "s=1"),
    ("Content-Type", "text/plain"), ("Accept-Language", "sw"), ("X-Custom", "one"), ("X-Custom", "two"),
    ("X-Road-Client", "A/B/C/D"), ("Information-Mediator-Client", "A/B/C/D"), ("X-Road-Id", "id-1"),
    ("X-Road-Request-Hash", "forged"), ("X-Road-Request-Id", "forged"), ("Baraza-Context", "forged"),
    ("Baraza-On-Behalf-Of", "someone"), ("traceparent", "00-1"), ("baggage", "x=1"), ("X-Forwarded-For", "1.2.3.4"),
    ("X-HTTP-Method-Override", "DELETE"), ("X-Road-UserId", "KE1"),
]  # fmt: skip


def test_what_the_provider_is_told() -> None:
    ours = [("X-Road-Id", "id-1"), ("X-Road-Client", "A/B/C/D"), ("Baraza-Context", "signed"), ("traceparent", "00-2")]

    assert headers.to_provider(FROM_CLIENT, ours=ours) == [
        ("Authorization", "Bearer p"),
        ("Cookie", "s=1"),
        ("Content-Type", "text/plain"),
        ("Accept-Language", "sw"),
        ("X-Custom", "one"),
        ("X-Custom", "two"),
        ("X-Road-UserId", "KE1"),
        ("Accept", "application/json"),
        *ours,
    ]


def test_what_we_alone_may_say_is_not_said_for_us_when_we_say_nothing() -> None:
    told = {name for name, _ in headers.to_provider(FROM_CLIENT, ours=[])}

    assert told == {"Authorization", "Cookie", "Content-Type", "Accept-Language", "X-Custom", "X-Road-Id",
                    "X-Road-UserId", "Accept"}  # fmt: skip


def test_what_the_client_is_told() -> None:
    said = [
        ("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Server", "secret/1.0"),
        ("Connection", "close, X-Hop"), ("X-Hop", "1"), ("Transfer-Encoding", "chunked"), ("X-Road-Error", "forged"),
        ("X-Road-Request-Hash", "forged"), ("X-GovStack-Client", "forged"), ("Baraza-Context", "leaked"), ("ETag", "1"),
    ]  # fmt: skip

    assert headers.to_client(said, ours=[("X-Road-Id", "id-1")]) == [
        ("Content-Type", "text/plain"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("ETag", "1"),
        ("X-Road-Id", "id-1"),
    ]


@pytest.mark.parametrize("name", ["authorization", "x-road-id", "baraza-on-behalf-of"])
def test_a_header_that_may_stand_once_does(name: str) -> None:
    with pytest.raises(InvalidRequest):
        headers.only(headers.index([(name, "1"), (name.title(), "1")]), name)


@pytest.mark.parametrize(
    ("value", "token"), [("Bearer x", "x"), ("bearer  x ", "x"), ("Basic x", None), ("Bearer ", None), (None, None)]
)
def test_bearer(value: str | None, token: str | None) -> None:
    assert headers.bearer(value) == token


@pytest.mark.parametrize("value", ["", "a b", "é", "x" * 129])
def test_a_message_id_is_visible_and_short(value: str) -> None:
    with pytest.raises(InvalidRequest):
        headers.message_id(headers.index([("X-Road-Id", value)]))


def test_a_visitors_key_reaches_the_provider() -> None:
    assert ("Visitor-Key", "secret") in headers.to_provider([("Visitor-Key", "secret")], ours=[])
