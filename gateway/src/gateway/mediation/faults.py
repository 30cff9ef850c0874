"""The mediator's own faults, in X-Road's words: the one place where a refusal becomes a status and a type.

An answer with `X-Road-Error` is the mediator's; without, it is the provider's own.
"""

from dataclasses import dataclass
from uuid import uuid4

import orjson

from chassis.errors import Forbidden, Invalid, NotFound, Refusal, TooMany, Unauthenticated
from gateway.access.model import AccessDenied
from gateway.callers.keys import IdentityUnavailable
from gateway.mediation.forward import NetworkError, ProviderTimedOut, ServiceFailed
from gateway.mediation.headers import Headers
from gateway.mediation.limits import Overloaded
from gateway.message_log.writer import LoggingFailed


class RequestTooLarge(Invalid):
    """The request's body is larger than the mediator carries."""


_SERVER: dict[type[Refusal], tuple[int, str]] = {
    LoggingFailed: (500, "server.clientproxy.logging_failed"),
    IdentityUnavailable: (503, "server.clientproxy.identity_unavailable"),
    Overloaded: (503, "server.clientproxy.overloaded"),
    NetworkError: (502, "server.serverproxy.network_error"),
    ServiceFailed: (502, "server.serverproxy.service_failed"),
    ProviderTimedOut: (504, "server.serverproxy.timeout"),
}
_CLIENT: tuple[tuple[type[Refusal], int], ...] = (
    (RequestTooLarge, 413),
    (Invalid, 400),
    (Unauthenticated, 401),
    (AccessDenied, 403),
    (Forbidden, 403),
    (NotFound, 404),
    (TooMany, 429),
)
_INTERNAL = (500, "server.clientproxy.internal_error")


@dataclass(frozen=True, slots=True)
class Fault:
    """What the client is told. `detail` is a reference to quote to support; the log line has it too."""

    status: int
    type: str
    message: str
    detail: str
    retry_after_seconds: int | None

    @property
    def headers(self) -> Headers:
        """The headers of the answer."""
        told = [("Content-Type", "application/json"), ("X-Road-Error", self.type)]
        if self.retry_after_seconds is not None:
            told.append(("Retry-After", str(self.retry_after_seconds)))
        return told

    @property
    def body(self) -> bytes:
        """X-Road's error body."""
        return orjson.dumps({"type": self.type, "message": self.message, "detail": self.detail})


def fault(error: BaseException) -> Fault:
    """A 5xx says nothing about why beyond its type."""
    status, type_ = _status_and_type(error)
    message = error.detail if isinstance(error, Refusal) else "The mediator failed."
    wait = error.retry_after_seconds if isinstance(error, TooMany) else 1 if status == 503 else None
    return Fault(status, type_, message, str(uuid4()), wait)


def _status_and_type(error: BaseException) -> tuple[int, str]:
    if type(error) in _SERVER:
        return _SERVER[type(error)]  # type: ignore[index]
    for kind, status in _CLIENT:
        if isinstance(error, kind):
            return status, f"client.{error.slug.replace('-', '_')}"
    return _INTERNAL
