"""The skin around every block: connexion over the contract, problem documents, metrics, traces, health."""

import logging
import time
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from connexion.apps.flask import FlaskApp
from connexion.exceptions import BadRequestProblem, ProblemException
from connexion.jsonifier import Jsonifier
from connexion.lifecycle import ConnexionRequest, ConnexionResponse
from connexion.middleware.main import ConnexionMiddleware
from connexion.middleware.response_validation import ResponseValidationMiddleware
from connexion.middleware.swagger_ui import SwaggerUIMiddleware
from connexion.resolver import Resolver
from flask import Response, g, request
from marshmallow import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

import contracts
from chassis import bodies, clock, database_faults, figures, metrics, migrations, problems, runtime, tracing
from chassis.bridge import Bridge
from chassis.broker import Broker, connect
from chassis.clock import Clock
from chassis.context import HEADER, ContextVerifier
from chassis.errors import Forbidden, Refusal
from chassis.health import Health
from chassis.operations import Operation, table
from chassis.runtime import Runtime, Service
from chassis.schemas import invalid
from chassis.settings import ServiceSettings
from chassis.tracing import SpanKind, Tracing
from chassis.web import Replayed
from chassis.workers import ROLES, Workers

log = logging.getLogger(__name__)
_TRIES = 3


class MissingScope(Forbidden):
    """Neither the application nor the person holds the scope that the operation asks."""


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
        self.runtime.threads.shutdown(wait=False, cancel_futures=True)
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
    return App(own, _connexion(own, validate_responses), Workers(own, roles))


def prepare(own: Runtime) -> None:
    """Bring the block's database to its newest migration, then make what the block declares must stand before it
    serves. Once more changes nothing."""
    migrations.migrate(own.database, own.service.name)
    if own.service.prepare is not None:
        own.service.prepare(own)


def _connexion(own: Runtime, validate_responses: bool) -> ASGIApp:
    document = contracts.openapi(own.service.name)
    operations = table(document, own.service.operations)
    verifier = ContextVerifier(own.service.name, own.settings.context_keys, own.settings.tls_ca)
    unused = {SwaggerUIMiddleware} | (set() if validate_responses else {ResponseValidationMiddleware})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        app = FlaskApp(
            f"baraza_{own.service.name}",
            middlewares=[each for each in ConnexionMiddleware.default_middlewares if each not in unused],
            pythonic_params=True,
            strict_validation=True,
            validate_responses=validate_responses,
            validator_map=bodies.validators(),
            jsonifier=_Orjson(),  # type: ignore[no-untyped-call]
            security_map={"oauth2": lambda: _ContextSecurity(verifier)},
        )
    # connexion offers no public place for another bridge
    app._middleware_app.asgi_app = Bridge(app.app.wsgi_app, own.threads)  # type: ignore[assignment]
    app.app.extensions["baraza"] = own
    app.app.response_class = Response
    app.app.json = bodies.JsonProvider(app.app)
    app.add_api(document, resolver=Resolver(lambda name: _guarded(own, operations[name])), name=own.service.name)
    app.add_error_handler(Refusal, lambda req, exc: _refused(req, exc, operations))
    app.add_error_handler(ProblemException, lambda req, exc: _http_refused(req, exc, operations))
    app.add_error_handler(HTTPException, lambda req, exc: _http_refused(req, exc, operations))
    app.add_error_handler(Exception, _crashed)
    return bodies.WithoutNul(app)


def _guarded(own: Runtime, operation: Operation) -> Any:
    """The operation's function, with refusals turned into problem documents where they arise."""

    def answer(*args: Any, **kwargs: Any) -> Response:
        g.operation = operation.id
        try:
            response = _tried(partial(operation.function, *args, **kwargs))
        except Replayed as replayed:
            return Response(replayed.body, replayed.status, mimetype="application/json")
        except ValidationError as error:
            return _problem(invalid(error), operation, request.path)
        except Refusal as refusal:
            return _problem(refusal, operation, request.path)
        except SQLAlchemyError as error:
            refused = database_faults.meaning(error)
            if refused is None:
                raise
            log.warning("the database did not do it", extra={"reason": type(error.__cause__ or error).__name__})
            return _problem(refused, operation, request.path)
        if operation.remembers and not g.get("answered"):
            raise RuntimeError(f"{operation.id} takes an Idempotency-Key but does not return through answered()")
        return response

    answer.__name__ = operation.function.__name__
    answer.__wrapped__ = operation.function  # type: ignore[attr-defined]
    return answer


def _tried(function: Callable[[], Response]) -> Response:
    """What was undone for another transaction's sake is done again, a few times; not if an earlier transaction of the
    request stands already."""
    for _ in range(_TRIES - 1):
        try:
            return function()
        except SQLAlchemyError as error:
            if not database_faults.is_undone_for_another(error) or g.get("committed"):
                raise
    return function()


def _problem(refusal: Refusal, operation: Operation | None, path: str) -> Response:
    status = problems.status_of(refusal, operation.statuses if operation else None)
    _log_refusal(refusal, status)
    body = problems.document(refusal, status, path)
    response = Response(problems.dump(body), status, mimetype=problems.MEDIA_TYPE)
    if (seconds := getattr(refusal, "retry_after_seconds", None)) is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def _log_refusal(refusal: Refusal, status: int) -> None:
    level = logging.ERROR if status == 500 else logging.INFO
    log.log(level, "refused", extra={"problem": refusal.slug, "status": status})


class _ContextSecurity:
    """Connexion's security handler for the scheme `baraza`: the context's scopes against the operation's."""

    def __init__(self, verifier: ContextVerifier) -> None:
        self._verifier = verifier

    def get_fn(self, _scheme: dict[str, Any], _scopes: list[str]) -> Any:
        async def check(req: ConnexionRequest, required_scopes: list[str] | None = None) -> dict[str, Any]:
            caller = self._verifier.caller(req.headers.get(HEADER))
            missing = set(required_scopes or _scopes) - caller.scopes
            if missing:
                raise MissingScope(f"This needs {', '.join(sorted(missing))}.")
            return {"sub": caller.subject, "caller": caller}

        return check


class _Orjson(Jsonifier):
    """Connexion's jsonifier. Its own indents, which alone is two thirds of a list's cost."""

    def dumps(self, data: Any, **_: Any) -> str:
        return orjson.dumps(data).decode()

    def loads(self, data: Any) -> Any:
        return orjson.loads(data)


def _refused(req: ConnexionRequest, refusal: Exception, operations: dict[str, Operation]) -> ConnexionResponse:
    assert isinstance(refusal, Refusal)  # noqa: S101 - registered for this class
    operation = operations.get(_operation_id(req))
    status = problems.status_of(refusal, operation.statuses if operation else None)
    _log_refusal(refusal, status)
    return _sent(problems.document(refusal, status, req.url.path), status)


def _http_refused(req: ConnexionRequest, error: Exception, operations: dict[str, Operation]) -> ConnexionResponse:
    status = int(getattr(error, "status_code", 0) or getattr(error, "status", 500))
    operation = operations.get(_operation_id(req))
    if isinstance(error, BadRequestProblem) and operation is not None:
        status = operation.statuses.get("Invalid", status)
    detail = str(getattr(error, "detail", "") or "")
    first_line, *_ = detail.splitlines() or [""]  # connexion quotes whole schemas after the first line
    kind = 400 if isinstance(error, BadRequestProblem) else status
    body = problems.document_of_status(kind, first_line, req.url.path)
    headers = {"Allow": allow} if (allow := dict(getattr(error, "headers", None) or {}).get("Allow")) else {}
    return _sent(body | {"status": status}, status, headers)


def _crashed(req: ConnexionRequest, error: Exception) -> ConnexionResponse:
    log.error("a request failed", exc_info=error, extra={"path": req.url.path})
    return _sent(problems.document_of_status(500, "", req.url.path), 500)


def _sent(body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> ConnexionResponse:
    return ConnexionResponse(  # type: ignore[no-untyped-call]
        status, body=problems.dump(body), content_type=problems.MEDIA_TYPE, headers=headers or {}
    )


def _operation_id(req: ConnexionRequest) -> str:
    routing = req.scope.get("extensions", {}).get("connexion_routing", {})
    return str(routing.get("operation_id") or "")


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
