"""A block, ready to serve: what is measured around every request, and what answers it."""

import time
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from chassis import clock, figures, framework, metrics, migrations, runtime, tracing
from chassis.broker import Broker, connect
from chassis.clock import Clock
from chassis.health import Health
from chassis.runtime import Runtime, Service
from chassis.settings import ServiceSettings
from chassis.tracing import SpanKind, Tracing
from chassis.workers import ROLES, Workers


class App:
    """A block, ready to serve: an ASGI application with its runtime and workers."""

    def __init__(self, own: Runtime, asgi: ASGIApp, workers: Workers) -> None:
        self.runtime = own
        self.workers = workers
        self._asgi = asgi
        self.health = Health(own, workers)
        figures.ready(own.metrics, self.health.reasons)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._asgi(scope, receive, send)
        elif not await self.health.answer(scope, receive, send):
            await _observed(self.runtime, self._asgi, scope, receive, send)

    def close(self) -> None:
        """Let the workers finish what they hold, then let all go. A request that still runs has lost its client."""
        self.workers.stop()
        self.runtime.threads.shutdown(wait=False)
        self.runtime.database.close()
        if self.runtime.broker is not None:
            self.runtime.broker.close()
        self.runtime.tracing.close()


def create(
    service: Service,
    settings: ServiceSettings,
    *,
    at: Clock = clock.system,
    broker: Broker | None = None,
    spans: Tracing | None = None,
    validate_responses: bool = False,
    roles: tuple[str, ...] = ROLES,
) -> App:
    """Build a block from its declaration. Raises Gap when contract and code disagree."""
    if broker is None and settings.events_url:
        broker = connect(settings.events_url)
    own = runtime.build(
        service, settings, at, broker, spans or tracing.exporting(service.name, settings.otlp_endpoint, settings.tls_ca)
    )
    figures.register(own)
    return App(own, framework.build(own, validate_responses=validate_responses), Workers(own, roles))


def prepare(own: Runtime) -> None:
    """Bring the block's database to its newest migration, then make what the block declares must stand before it
    serves. Once more changes nothing."""
    migrations.migrate(own.database, own.service.name)
    if own.service.prepare is not None:
        own.service.prepare(own)


async def _observed(own: Runtime, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """A span and a duration around the request; in ASGI, because connexion answers some requests before Flask."""
    started = time.perf_counter()
    status = 500
    scope.setdefault("extensions", {})  # connexion notes the operation here, in a copy that shares this dictionary

    async def sending(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        await send(message)

    method = metrics.method(scope["method"])
    carrier = {name.decode(): value.decode("latin-1") for name, value in scope["headers"] if name.startswith(b"trace")}
    own.metrics.active_requests += 1
    with own.tracing.span(f"{method} {own.service.name}", SpanKind.SERVER, carrier) as span:
        try:
            await app(scope, receive, sending)
        finally:
            own.metrics.active_requests -= 1
            route = scope.get("extensions", {}).get("connexion_routing", {}).get("operation_id") or "none"
            span.update_name(f"{method} {route}")
            span.set_attribute("http.request.method", method)
            span.set_attribute("http.route", route)
            span.set_attribute("http.response.status_code", status)
            own.metrics.observe(
                "http_server_request_duration_seconds",
                time.perf_counter() - started,
                http_route=route,
                http_request_method=method,
                http_response_status_code=str(status),
            )
