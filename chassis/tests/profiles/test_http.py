"""Bad input gets a clear problem document and changes nothing."""

from collections.abc import Callable

import note_block
import pytest
from sqlalchemy import func, select

from chassis.app import App
from chassis.context import HEADER
from chassis.tables import job, outbox
from chassis.testing.client import Client, Speaker, assert_problem

Speak = Callable[..., Client]


def rows(app: App) -> tuple[int, int, int]:
    with app.runtime.reading() as tx:
        counted = [
            tx.execute(select(func.count()).select_from(each)).scalar_one() for each in (note_block.note, outbox, job)
        ]
    return counted[0], counted[1], counted[2]


def test_a_note_its_event_and_its_job_are_written_together(app: App, client: Speak) -> None:
    reply = client().post("/v1/notes", {"text": "hello"})

    assert reply.status == 201
    assert rows(app) == (1, 1, 1)


@pytest.mark.parametrize(
    ("body", "slug", "status"),
    [
        (b"{bad", "invalid", 400),
        ({"text": 1}, "invalid", 400),
        ({"text": "x", "more": 1}, "invalid", 400),
        ({}, "invalid", 400),
        ({"text": "refused"}, "stale", 409),
        ({"text": "crash"}, "internal-error", 500),
    ],
)
def test_what_is_refused_changes_nothing(app: App, client: Speak, body: object, slug: str, status: int) -> None:
    reply = client().post("/v1/notes", body)

    assert_problem(reply, status, slug)
    assert rows(app) == (0, 0, 0)


def test_a_fault_says_nothing_about_why(client: Speak) -> None:
    reply = client().post("/v1/notes", {"text": "crash"})

    assert "secret" not in str(reply.body)
    assert reply.body["traceId"]


@pytest.mark.parametrize(
    "claims",
    [{"aud": "other"}, {"exp": 1}, {"iat": 1, "exp": 61}, {"exp": 9_999_999_999}, None],
    ids=["another block's", "ended", "old", "too long", "none"],
)
def test_a_context_that_is_not_good_here_is_401(
    app: App, client: Speak, speaker: Speaker, claims: dict[str, object] | None
) -> None:
    good = {"scopes": ["notes.write"], "subject": "ann"}
    token = "" if claims is None else speaker.context("notes", good, **claims)

    reply = client()("GET", "/v1/notes", headers={HEADER: token})

    assert_problem(reply, 401, "unauthenticated")


def test_a_context_signed_by_another_key_is_401(client: Speak) -> None:
    forged = Speaker().context("notes", {"scopes": ["notes.write"], "subject": "ann"})

    assert_problem(client()("GET", "/v1/notes", headers={HEADER: forged}), 401, "unauthenticated")


def test_a_missing_scope_is_403_and_named(client: Speak) -> None:
    reply = client(scopes=[]).get("/v1/notes")

    assert_problem(reply, 403, "missing-scope")
    assert "notes.write" in reply.body["detail"]


def test_who_calls_is_asked_before_what_she_sends(client: Speak) -> None:
    assert client(scopes=[]).post("/v1/notes", b"{bad").status == 403


def test_unknown_addresses_and_methods_are_problems_too(client: Speak) -> None:
    assert_problem(client().get("/v1/nothing"), 404, "not-found")
    refused = client().put("/v1/notes", {})
    assert_problem(refused, 405, "method-not-allowed")


def test_another_media_type_is_415(client: Speak) -> None:
    reply = client()("POST", "/v1/notes", b"text=hello", {"Content-Type": "application/x-www-form-urlencoded"})

    assert_problem(reply, 415, "unsupported-media-type")


def test_an_operation_may_name_another_status_for_a_kind(client: Speak) -> None:
    reply = client().delete("/v1/notes/01900000-0000-7000-8000-000000000001")

    assert_problem(reply, 410, "not-found")


def test_a_repeat_under_one_key_gives_the_first_answer_and_does_nothing(app: App, client: Speak) -> None:
    first = client().post("/v1/notes", {"text": "once"}, Idempotency_Key="abcdefgh")
    again = client().post("/v1/notes", {"text": "once"}, Idempotency_Key="abcdefgh")

    assert again == first or (again.status, again.body) == (first.status, first.body)
    assert rows(app) == (1, 1, 1)


def test_another_body_under_the_key_is_a_conflict(app: App, client: Speak) -> None:
    client().post("/v1/notes", {"text": "once"}, Idempotency_Key="abcdefgh")

    assert_problem(
        client().post("/v1/notes", {"text": "twice"}, Idempotency_Key="abcdefgh"), 409, "idempotency-key-reused"
    )
    assert rows(app) == (1, 1, 1)


def test_a_key_is_its_callers_own(app: App, client: Speak) -> None:
    client(subject="ann").post("/v1/notes", {"text": "mine"}, Idempotency_Key="abcdefgh")
    client(subject="ben").post("/v1/notes", {"text": "mine"}, Idempotency_Key="abcdefgh")

    assert rows(app) == (2, 2, 2)


def test_a_failed_request_leaves_its_key_free(app: App, client: Speak) -> None:
    client().post("/v1/notes", {"text": "refused"}, Idempotency_Key="abcdefgh")

    assert client().post("/v1/notes", {"text": "better"}, Idempotency_Key="abcdefgh").status == 201


def test_operators_addresses_answer_without_a_caller(client: Speak) -> None:
    assert client()("GET", "/live", headers={HEADER: ""}).body == {"status": "alive"}
    assert "mesh_outbox_unpublished_events 0.0" in client()("GET", "/metrics", headers={HEADER: ""}).body
