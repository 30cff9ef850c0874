"""What the message log is told of an exchange. Bodies appear as hash and size only."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from gateway.mediation.forward import Answer
from gateway.mediation.headers import Headers, ServiceCall
from gateway.message_log.model import Entry, Kind, evident

_EMPTY = base64.b64encode(hashlib.sha512(b"").digest()).decode()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call on its way: what its records have in common. `client` is a client identifier or `anonymous`."""

    request_id: str
    message_id: str
    client: str
    method: str
    call: ServiceCall
    service: str  # its identifier, as X-Road-Service says it


def request(exchange: Exchange, headers: Headers, body: bytes, *, request_hash: str, trace: str, at: datetime) -> Entry:
    """Before the provider is called. A query is evident through the request hash alone: it may name persons."""
    return _entry(
        Kind.REQUEST,
        exchange,
        at,
        {
            "method": exchange.method,
            "path": exchange.call.raw,
            "requestHash": request_hash,
            "headers": evident(headers, salt=exchange.request_id),
            "traceId": trace,
            **_body(body),
        },
    )


def response(exchange: Exchange, answer: Answer, *, took_ms: int, at: datetime) -> Entry:
    """Before the client has the provider's answer."""
    kept = evident(answer.headers, salt=exchange.request_id)
    facts: dict[str, object] = {"statusCode": answer.status, "tookMs": took_ms, "headers": kept, **_body(answer.body)}
    return _entry(Kind.RESPONSE, exchange, at, facts)


def no_response(exchange: Exchange, status: int, fault: str, *, took_ms: int, at: datetime) -> Entry:
    """Before the client learns that the provider did not answer."""
    return _entry(Kind.RESPONSE, exchange, at, {"statusCode": status, "tookMs": took_ms, "faultCode": fault})


def refusal(exchange: Exchange, fault: str, claimed: str, *, at: datetime) -> Entry:
    """An identified client may not do what it asked; `claimed` is who it said it is."""
    facts: dict[str, object] = {
        "method": exchange.method,
        "path": exchange.call.raw,
        "faultCode": fault,
        "claimed": claimed,
    }
    return _entry(Kind.REFUSAL, exchange, at, {**facts, "claimed": claimed})


def _entry(kind: Kind, exchange: Exchange, at: datetime, facts: dict[str, object]) -> Entry:
    return Entry(
        kind=kind,
        request_id=exchange.request_id,
        at=_text(at),
        client=exchange.client,
        service=exchange.service,
        facts={"messageId": exchange.message_id, **facts},
    )


def _text(at: datetime) -> str:
    """RFC 3339 in UTC with six digits; strftime would take ten times as long, twice a call."""
    return at.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _body(body: bytes) -> dict[str, object]:
    digest = base64.b64encode(hashlib.sha512(body).digest()).decode() if body else _EMPTY
    return {"bodySha512": digest, "bodyBytes": len(body)}
