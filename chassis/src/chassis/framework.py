"""connexion over the contract, and what it refuses by itself as problem documents.

Two profiles answer alike: `stock` is connexion's own way through a request, `fast` puts a lane of compiled checks
before it (`chassis/fast`). One suite of tests runs on both.
"""

import logging
import pickle
import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import orjson
from connexion import context
from connexion.apps.flask import FlaskApp
from connexion.exceptions import BadRequestProblem, ProblemException
from connexion.json_schema import resolve_refs
from connexion.jsonifier import Jsonifier
from connexion.lifecycle import ConnexionRequest, ConnexionResponse
from connexion.middleware.main import API, ConnexionMiddleware, MiddlewarePosition
from connexion.middleware.response_validation import ResponseValidationMiddleware
from connexion.middleware.swagger_ui import SwaggerUIMiddleware
from connexion.resolver import Resolver
from connexion.spec import OpenAPISpecification
from flask import Flask, Request, Response, g
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp
from werkzeug.routing import MapAdapter

import contracts
from chassis import bodies, problems
from chassis.bridge import Bridge
from chassis.caller import ANONYMOUS
from chassis.context import ContextVerifier
from chassis.doorway import Doorway
from chassis.errors import Refusal
from chassis.fast.lane import LANE, Lane
from chassis.guarded import guarded, log_refusal
from chassis.operations import Operation, in_order, table
from chassis.runtime import Runtime
from chassis.security import ContextSecurity, Gate
from chassis.settings import BadSetting

log = logging.getLogger(__name__)
FAST, STOCK = "fast", "stock"


def build(own: Runtime, *, validate_responses: bool) -> ASGIApp:
    """The block's operations as an ASGI application. Raises Gap, and BadSetting for an unknown profile."""
    document = in_order(contracts.openapi(own.service.name))
    operations = table(document, own.service.operations)
    functions = {name: guarded(operation) for name, operation in operations.items()}
    gate = Gate(ContextVerifier(own.service.name, own.settings.context_keys, own.settings.tls_ca))
    app = _connexion(own, gate, validate_responses)
    if own.settings.http_profile == FAST:
        lane = {"flask": app.app, "threads": own.threads, "gate": gate, "functions": functions}
        app.add_middleware(Lane, MiddlewarePosition.BEFORE_ROUTING, **lane, validate_responses=validate_responses)
    elif own.settings.http_profile != STOCK:
        raise BadSetting(f"HTTP_PROFILE is {FAST} or {STOCK}, not {own.settings.http_profile!r}")
    _add_checked(app, document, Resolver(lambda name: _called_by_connexion(functions[name])), own.service.name)
    _answer_errors(app, operations)
    return Doorway(app)


def _connexion(own: Runtime, gate: Gate, validate_responses: bool) -> FlaskApp:
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
            security_map={"oauth2": lambda: ContextSecurity(gate)},
        )
    # connexion offers no public place for another bridge
    app._middleware_app.asgi_app = Bridge(app.app.wsgi_app, own.threads)  # type: ignore[assignment]
    app.app.extensions["baraza"] = own
    app.app.response_class = Response
    app.app.json = bodies.JsonProvider(app.app)
    app.app.url_map.merge_slashes = False  # an address with two slashes is another one, and not found
    _match_once(app.app)
    return app


class _Checked(OpenAPISpecification):
    """A contract that its tests have held against OpenAPI's own schema: to do so at each start takes most of it. One
    that was read before is not resolved again."""

    def __init__(self, document: bytes) -> None:
        self._raw_spec, self._base_uri = orjson.loads(document), ""
        self._spec = pickle.loads(_resolved(document))  # noqa: S301 - our own bytes; connexion writes into what it gets


@lru_cache(maxsize=16)
def _resolved(document: bytes) -> bytes:
    plain = orjson.loads(document)
    _Checked._set_defaults(plain)  # type: ignore[no-untyped-call] # as connexion's own constructor
    return pickle.dumps(resolve_refs(plain))  # type: ignore[no-untyped-call] # as above


def _add_checked(app: FlaskApp, document: dict[str, Any], resolver: Resolver, name: str) -> None:
    """As `add_api` does, which takes no specification that is one already."""
    options: Any = app.middleware.options.replace(resolver=resolver)
    made = _Checked(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS))
    app.middleware.apis.append(API(made, base_path=None, name=name, **vars(options)))


def _match_once(app: Flask) -> None:
    """An address that the lane has matched is not matched again."""
    stock = app.create_url_adapter

    def adapter(request: Request | None) -> MapAdapter | None:
        return None if request is not None and LANE in request.environ else stock(request)

    app.create_url_adapter = adapter  # type: ignore[method-assign]


def _called_by_connexion(function: Callable[..., Response]) -> Callable[..., Response]:
    def answer(*args: Any, **kwargs: Any) -> Response:
        g.caller = dict(context.context).get("token_info", {}).get("caller", ANONYMOUS)
        return function(*args, **kwargs)

    answer.__name__ = function.__name__
    answer.__wrapped__ = function  # type: ignore[attr-defined]
    return answer


class _Orjson(Jsonifier):
    """Connexion's jsonifier. Its own indents, which alone is two thirds of a list's cost."""

    def dumps(self, data: Any, **_: Any) -> str:
        return orjson.dumps(data).decode()

    def loads(self, data: Any) -> Any:
        return orjson.loads(data)


def _answer_errors(app: FlaskApp, operations: dict[str, Operation]) -> None:
    """Coroutines, because connexion gives a thread to everything else."""

    async def refused(req: ConnexionRequest, refusal: Refusal) -> ConnexionResponse:
        operation = operations.get(_operation_id(req))
        status = problems.status_of(refusal, operation.statuses if operation else None)
        log_refusal(refusal, status)
        return _sent(problems.document(refusal, status, req.url.path), status)

    async def http_refused(req: ConnexionRequest, error: Exception) -> ConnexionResponse:
        return _http_refused(req, error, operations.get(_operation_id(req)))

    async def crashed(req: ConnexionRequest, error: Exception) -> ConnexionResponse:
        log.error("a request failed", exc_info=error, extra={"path": req.url.path})
        return _sent(problems.document_of_status(500, "", req.url.path), 500)

    app.add_error_handler(Refusal, refused)  # type: ignore[arg-type] # it is called with what it is registered for
    app.add_error_handler(ProblemException, http_refused)
    app.add_error_handler(HTTPException, http_refused)
    app.add_error_handler(Exception, crashed)


def _http_refused(req: ConnexionRequest, error: Exception, operation: Operation | None) -> ConnexionResponse:
    status = int(getattr(error, "status_code", 0) or getattr(error, "status", 500))
    if isinstance(error, BadRequestProblem) and operation is not None:
        status = operation.statuses.get("Invalid", status)
    detail = str(getattr(error, "detail", "") or "")
    first_line, *_ = detail.splitlines() or [""]  # connexion quotes whole schemas after the first line
    kind = 400 if isinstance(error, BadRequestProblem) else status
    body = problems.document_of_status(kind, first_line, req.url.path)
    headers = {"Allow": allow} if (allow := dict(getattr(error, "headers", None) or {}).get("Allow")) else {}
    return _sent(body | {"status": status}, status, headers)


def _sent(body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> ConnexionResponse:
    return ConnexionResponse(  # type: ignore[no-untyped-call]
        status, body=problems.dump(body), content_type=problems.MEDIA_TYPE, headers=headers or {}
    )


def _operation_id(req: ConnexionRequest) -> str:
    routing = req.scope.get("extensions", {}).get("connexion_routing", {})
    return str(routing.get("operation_id") or "")
