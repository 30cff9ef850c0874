"""What no honest client sends is refused like any other bad input."""

from collections.abc import Callable

import pytest

from chassis.context import HEADER
from chassis.testing.client import Client, assert_problem

Speak = Callable[..., Client]


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": "\\ud800"}',
        b'{"text": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"text": "a\\u0000b"}',
        b'{"a\\u0000b": 1}',
        b'{"text": NaN}',
        b'{"text": 1e999}',
        b'{"text": ' + b"1" * 5000 + b"}",
        b"\xff\xfe\x00",
        b'{"text": "\xff"}',
        b"null",
        b'"text"',
        b"[]",
        b"",
    ],
    ids=lambda body: repr(body[:30]),
)
def test_what_is_no_object_of_the_contract_is_invalid(client: Speak, body: bytes) -> None:
    assert_problem(client().post("/v1/notes", body), 400, "invalid")


def test_a_text_may_speak_of_nul(client: Speak) -> None:
    assert client().post("/v1/notes", b'{"text": "write \\\\u0000"}').status == 201


@pytest.mark.parametrize("charset", ["utf-8", "klingon", "utf-16"])
def test_json_is_utf_8_whatever_the_header_says(client: Speak, charset: str) -> None:
    reply = client().post("/v1/notes", '{"text": "é"}'.encode(), Content_Type=f"application/json; charset={charset}")

    assert reply.status == 201


@pytest.mark.parametrize(
    "path", ["/v1/notes/../../etc/passwd", "/v1/notes/%00", "/v1/notes/not-an-id", "/v1/notes/%ff"]
)
def test_an_address_that_is_none_is_refused(client: Speak, path: str) -> None:
    reply = client().delete(path)

    assert reply.status in {400, 404}
    assert reply.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    "token", ["x", "a.b.c", "e30.e30.", "eyJhbGciOiJub25lIn0.e30.", "." * 50, "Bearer x", "x" * 7000]
)
def test_a_context_that_is_no_token_is_401(client: Speak, token: str) -> None:
    reply = client()("GET", "/v1/notes", headers={HEADER: token})

    assert_problem(reply, 401, "unauthenticated")


@pytest.mark.parametrize("key", ["short", "x" * 129])
def test_an_idempotency_key_out_of_form_is_invalid(client: Speak, key: str) -> None:
    assert_problem(client().post("/v1/notes", {"text": "x"}, Idempotency_Key=key), 400, "invalid")


def test_a_problem_repeats_nothing_that_was_sent_as_an_address(client: Speak) -> None:
    reply = client().get("/v1/<script>")

    assert "<script>" not in reply.body.get("detail", "")
    assert reply.headers["content-type"].startswith("application/problem+json")
