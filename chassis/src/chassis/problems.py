"""The one place where a refusal becomes HTTP: a problem document (RFC 9457)."""

import logging
from typing import Any

import orjson

import contracts
from chassis import tracing
from chassis.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from chassis.http_client import PeerRefused
from chassis.schemas import camel

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
_KINDS: tuple[tuple[type[Refusal], int], ...] = (
    (Invalid, 400),
    (Unauthenticated, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (TooMany, 429),
    (Unavailable, 503),
)
_BY_STATUS = {
    400: "invalid", 401: "unauthenticated", 403: "forbidden", 404: "not-found", 405: "method-not-allowed",
    413: "too-large", 415: "unsupported-media-type", 429: "too-many", 503: "unavailable",
}  # fmt: skip


def status_of(refusal: Refusal, overrides: dict[str, int] | None = None) -> int:
    """The HTTP status; `overrides` are an operation's `x-status`, `{kind: status}`, where a standard names its code."""
    for kind, status in _KINDS:
        if isinstance(refusal, kind):
            return (overrides or {}).get(kind.__name__, status)
    return 502 if isinstance(refusal, PeerRefused) else 500


def document(refusal: Refusal, status: int, instance: str) -> dict[str, Any]:
    """The problem document of a refusal. A 5xx says nothing about why."""
    slug = refusal.slug if status < 500 or isinstance(refusal, Unavailable) else "internal-error"
    body = _body(slug, status, instance, refusal.detail if status < 500 else "")
    if isinstance(refusal, Invalid) and refusal.errors:
        body["errors"] = [{"pointer": camel(pointer), "detail": detail} for pointer, detail in refusal.errors]
    return body


def document_of_status(status: int, detail: str, instance: str) -> dict[str, Any]:
    """The problem document of what the HTTP layer itself refuses."""
    return _body(_BY_STATUS.get(status, "internal-error"), status, instance, detail if status < 500 else "")


def dump(body: dict[str, Any]) -> bytes:
    """As sent."""
    return orjson.dumps(body)


def _body(slug: str, status: int, instance: str, detail: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": contracts.problem(slug)["title"],
        "status": status,
        "instance": instance,
    }
    if detail:
        body["detail"] = detail
    if trace_id := tracing.trace_id():
        body["traceId"] = trace_id
    return body
