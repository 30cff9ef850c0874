"""The story of a call: identify, may, log, forward, log, reply.

No evidence, no exchange: the request's record is on disk before the provider is called, the response's before the
client is answered.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter

from chassis.clock import Clock
from chassis.failpoints import Failpoints
from gateway.access.model import AccessDenied
from gateway.access.policy import may_act_for_a_person, may_call
from gateway.callers.model import AuthenticationFailed
from gateway.callers.tokens import Tokens
from gateway.catalogue.actions import Directory
from gateway.catalogue.model import Snapshot
from gateway.mediation import evidence, headers
from gateway.mediation.context import Contexts, Vouched
from gateway.mediation.evidence import Exchange
from gateway.mediation.faults import fault
from gateway.mediation.forward import Answer, Forwarder, NetworkError, ProviderTimedOut, ServiceFailed
from gateway.mediation.headers import Headers
from gateway.mediation.identify import Callers, Limits, what, who
from gateway.mediation.request_hash import request_hash
from gateway.mediation.subjects import Subjects
from gateway.mediation.traces import Trace, Traces
from gateway.message_log.writer import Writer

AFTER_REQUEST_RECORD = "gateway.after_request_record"
AFTER_FORWARD = "gateway.after_forward"
BEFORE_REPLY = "gateway.before_reply"
FAILPOINTS = {
    AFTER_REQUEST_RECORD: "The request is on record, the provider has not been called.",
    AFTER_FORWARD: "The provider has answered, its response is not on record.",
    BEFORE_REPLY: "The response is on record, the client has no answer.",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """What mediating needs."""

    directory: Directory
    tokens: Tokens
    limits: Limits
    subjects: Subjects
    contexts: Contexts
    records: Writer
    forwarder: Forwarder
    traces: Traces
    failpoints: Failpoints
    clock: Clock


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came. `read` takes the body in, once the caller may send one; `address` is the peer's."""

    method: str
    target: str
    headers: Headers
    address: str
    read: Callable[[], Awaitable[bytes]]


@dataclass(slots=True)
class Told:
    """What is known of a call so far, for its answer and its figures, whatever becomes of it."""

    request_id: str
    message_id: str = ""
    application: str = "none"  # code of a registered provider: it labels metrics

    @property
    def ids(self) -> Headers:
        """The headers that name the exchange."""
        named = [("X-Road-Id", self.message_id)] if self.message_id else []
        return [*named, ("X-Road-Request-Id", self.request_id)]


@dataclass(frozen=True, slots=True)
class _Ready:
    """An exchange that may take place, with all that it takes."""

    exchange: Exchange
    callers: Callers
    vouched: Vouched
    base_url: str
    given: Headers
    body: bytes
    request_hash: str


async def mediate(parts: Parts, asked: Received, told: Told) -> Answer:
    """Carry one call. Raises a refusal for whatever stands against it; faults.py says how it is told."""
    given = headers.index(asked.headers)
    told.message_id = headers.message_id(given) or told.request_id
    call = what(asked.method, asked.target)
    at = parts.clock()
    callers = await who(parts.tokens, parts.limits, given, address=asked.address, at=at)
    registered = parts.directory.now
    base_url = registered.base_url(call.provider, call.service)
    told.application = call.provider.application
    service = f"{call.provider}/{call.service}"
    exchange = Exchange(told.request_id, told.message_id, callers.subject, asked.method, call, service)
    await _allowed(parts, registered, exchange, callers)
    vouched = _vouched(parts.subjects, callers)
    body = await asked.read()
    hashed = request_hash(asked.method, asked.target, headers.hashed(asked.headers), told.request_id, body)
    ready = _Ready(exchange, callers, vouched, base_url, asked.headers, body, hashed)
    with parts.traces.call(_brought(ready), told.application) as trace:
        return await _exchanged(parts, ready, trace)


async def _allowed(parts: Parts, registered: Snapshot, exchange: Exchange, callers: Callers) -> None:
    """Raises AccessDenied, with a record, when an identified client is turned away; AuthenticationFailed for others."""
    asked = (registered.rights, callers.subject, str(exchange.call.provider), exchange.method, exchange.call.path)
    verdict = may_call(*asked)
    if callers.application is None:
        if not verdict:
            raise AuthenticationFailed("This needs an application's token in Proxy-Authorization.")
        return
    try:
        if callers.claimed != callers.application.client:
            raise AccessDenied("The token belongs to another client than the header names.")
        verdict.require()
        if callers.stand_in is not None:
            may_act_for_a_person(*asked).require()
    except AccessDenied as denied:
        code = fault(denied).type
        await parts.records.append(evidence.refusal(exchange, code, str(callers.claimed), at=parts.clock()))
        raise


def _vouched(subjects: Subjects, callers: Callers) -> Vouched:
    """For whom the context speaks. Raises InvalidRequest for an absent person whom the caller does not know."""
    absent = None
    if callers.stand_in is not None and callers.application is not None:
        absent = subjects.person(callers.stand_in, callers.application.client)
    return Vouched(callers.application, callers.person, absent)


async def _exchanged(parts: Parts, ready: _Ready, trace: Trace) -> Answer:
    """Log, forward, log; the answer with the mediator's headers."""
    exchange = ready.exchange
    entry = evidence.request(
        exchange,
        ready.given,
        ready.body,
        request_hash=ready.request_hash,
        trace=trace.id,
        at=parts.clock(),
    )
    await parts.records.append(entry)
    parts.failpoints.hit(AFTER_REQUEST_RECORD)
    answer = await _answered(parts, ready, trace)
    parts.failpoints.hit(BEFORE_REPLY)
    ours = [("X-Road-Service", exchange.service), ("X-Road-Request-Hash", ready.request_hash)]
    ours += [("X-Road-Id", exchange.message_id), ("X-Road-Request-Id", exchange.request_id)]
    if ready.callers.application is not None:
        ours.append(("X-Road-Client", exchange.client))
    return Answer(answer.status, answer.reason, headers.to_client(answer.headers, ours=ours), answer.body)


async def _answered(parts: Parts, ready: _Ready, trace: Trace) -> Answer:
    """The provider's answer, on record. Raises what kept the provider from answering, on record too."""
    started = perf_counter()
    to_provider = headers.to_provider(ready.given, ours=_our_headers(parts, ready, trace))
    url = ready.base_url + ready.exchange.call.target
    try:
        answer = await parts.forwarder.send(ready.exchange.method, url, to_provider, ready.body)
    except (NetworkError, ProviderTimedOut, ServiceFailed) as failed:
        told, took_ms = fault(failed), int((perf_counter() - started) * 1000)
        entry = evidence.no_response(ready.exchange, told.status, told.type, took_ms=took_ms, at=parts.clock())
        await parts.records.append(entry)
        raise
    parts.failpoints.hit(AFTER_FORWARD)
    took_ms = int((perf_counter() - started) * 1000)
    await parts.records.append(evidence.response(ready.exchange, answer, took_ms=took_ms, at=parts.clock()))
    return answer


def _our_headers(parts: Parts, ready: _Ready, trace: Trace) -> Headers:
    """What the provider is told by us alone."""
    exchange, callers = ready.exchange, ready.callers
    ours = [("X-Road-Id", exchange.message_id), ("X-Road-Request-Id", exchange.request_id)]
    if callers.application is not None:
        ours += [(name, exchange.client) for name in headers.CLIENT_NAMES]
    if callers.known:
        ours.append((headers.CONTEXT, parts.contexts.token(ready.vouched, exchange.call.provider, at=parts.clock())))
    return [*ours, *trace.headers.items()]


def _brought(ready: _Ready) -> dict[str, str]:
    """The caller's trace goes on when an application proves itself; anybody else's call begins a new one."""
    if ready.callers.application is None:
        return {}
    return {name.lower(): value for name, value in ready.given if name.lower() in headers.TRACE_CONTEXT}
