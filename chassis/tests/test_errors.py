"""Refusals: named in the field's words, turned into HTTP in one place."""

import pytest

import contracts
from chassis import problems
from chassis.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Stale,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from chassis.http_client import PeerRefused
from chassis.verdict import ALLOWED, refused


class NoteIsClosed(Conflict):
    pass


def test_a_refusals_slug_is_its_name_in_kebab_case() -> None:
    assert NoteIsClosed.slug == "note-is-closed"
    assert NotFound.slug == "not-found"


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Invalid(), 400), (Unauthenticated(), 401), (Forbidden(), 403), (NotFound(), 404), (Conflict(), 409),
        (Stale(), 409), (NoteIsClosed(), 409), (TooMany(), 429), (Unavailable(), 503), (PeerRefused(409, {}), 502),
        (Refusal(), 500),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Refusal) else "",
)  # fmt: skip
def test_each_kind_has_its_status(refusal: Refusal, status: int) -> None:
    assert problems.status_of(refusal) == status


def test_an_operation_may_name_another_status_for_a_kind() -> None:
    assert problems.status_of(NotFound(), {"NotFound": 400}) == 400
    assert problems.status_of(Stale(), {"NotFound": 400}) == 409


@pytest.mark.parametrize("kind", [Invalid, Unauthenticated, Forbidden, NotFound, Conflict, Stale, TooMany, Unavailable])
def test_every_kind_is_a_problem_of_the_catalogue_with_its_status(kind: type[Refusal]) -> None:
    assert contracts.problem(kind.slug)["status"] == problems.status_of(kind())


def test_a_problem_document_says_what_kind_where_and_what_happened() -> None:
    body = problems.document(Stale("Someone was faster."), 409, "/v1/notes/1")

    assert body == {
        "type": "/problems/stale",
        "title": contracts.problem("stale")["title"],
        "status": 409,
        "detail": "Someone was faster.",
        "instance": "/v1/notes/1",
    }


def test_an_invalid_request_names_each_place_as_it_stands_on_the_wire() -> None:
    refusal = Invalid("Two things.", [("opens_at", "is missing"), ("/phases/0/closesAt", "is too early")])

    assert problems.document(refusal, 400, "/")["errors"] == [
        {"pointer": "opensAt", "detail": "is missing"},
        {"pointer": "/phases/0/closesAt", "detail": "is too early"},
    ]


@pytest.mark.parametrize("refusal", [Refusal("inner workings"), PeerRefused(409, {"detail": "inner workings"})])
def test_a_5xx_says_nothing_about_why(refusal: Refusal) -> None:
    body = problems.document(refusal, problems.status_of(refusal), "/")

    assert body["type"] == "/problems/internal-error"
    assert "inner workings" not in str(body)


def test_what_is_away_is_said_but_not_why() -> None:
    body = problems.document(Unavailable("the disk is full"), 503, "/")

    assert body["type"] == "/problems/unavailable"
    assert "disk" not in str(body)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 415, 429, 500, 502, 503, 418])
def test_every_status_of_the_http_layer_is_a_problem(status: int) -> None:
    body = problems.document_of_status(status, "detail", "/")

    assert body["status"] == status
    assert contracts.problem(body["type"].removeprefix("/problems/"))["title"] == body["title"]


def test_a_verdict_can_be_shown_before_it_is_raised() -> None:
    verdict = refused(NoteIsClosed("Since May."))

    assert not verdict
    assert ALLOWED
    ALLOWED.require()
    with pytest.raises(NoteIsClosed, match="Since May"):
        verdict.require()
