"""The lane: a middleware of connexion's that answers what it understands and hands everything else on."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from connexion.middleware.abstract import ROUTING_CONTEXT, SpecMiddleware
from connexion.middleware.response_validation import ResponseValidationOperation
from connexion.operations.openapi import OpenAPIOperation
from connexion.spec import Specification
from flask import Flask, Response, g
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from werkzeug.exceptions import HTTPException as WerkzeugException

from chassis.bridge import Answer, Hop, answered, deliver, drained, environ_of
from chassis.caller import ANONYMOUS, Caller
from chassis.errors import Refusal
from chassis.fast import checks
from chassis.fast.routes import Routes
from chassis.fast.schemas import NotCompiled
from chassis.security import Gate
from chassis.threads import Threads

_VERBS = ("get", "put", "post", "delete", "patch")
LANE = "baraza.lane"
Ways = Sequence[Sequence[str]]


class Lane(SpecMiddleware):
    """`app` is connexion's own way from here on."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        flask: Flask,
        threads: Threads,
        gate: Gate,
        functions: Mapping[str, Callable[..., Response]],
        validate_responses: bool,
    ) -> None:
        self._app = app
        self._flask, self._threads, self._gate, self._functions = flask, threads, gate, functions
        self._validate_responses = validate_responses
        self.routes: Routes[_Operation] = Routes()
        self.left: dict[str, str] = {}  # operations that go connexion's way, with the reason

    def add_api(self, specification: Specification, **options: Any) -> None:
        """Take the operations that can be compiled."""
        described: Any = specification.operation_cls.from_spec  # Any: connexion does not type it
        for path, item in specification["paths"].items():
            for verb in (each for each in _VERBS if each in item):
                made = described(specification, path=path, method=verb, resolver=options["resolver"])
                try:
                    self.routes.add(verb.upper(), path, self._operation(made))
                except NotCompiled as reason:
                    self.left[made.operation_id] = str(reason)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = None
        if scope["type"] == "http" and not scope.get("root_path"):
            found = self.routes.find(scope["method"], scope["path"])
        if found is None:
            await self._app(scope, receive, send)
        else:
            operation, scope["path_params"] = found
            await operation(scope, receive, send)

    def _operation(self, described: OpenAPIOperation) -> "_Operation":
        check, ways = checks.of(described), _ways(described)
        name = described.operation_id
        operation = _Operation(self, name, check, ways, self._functions[name])
        if self._validate_responses:
            operation.answer = ResponseValidationOperation(operation.answer, operation=described)
        return operation

    def admitted(self, headers: list[tuple[bytes, bytes]], ways: Ways) -> Caller | None:
        """Who calls; None where several ways in are all closed, of which connexion tells. Raises what the gate raises
        for the only way."""
        if len(ways) == 1:
            return self._gate.admitted(partial(_header, headers), ways[0])
        for scopes in ways:
            with suppress(Refusal):
                return self._gate.admitted(partial(_header, headers), scopes)
        return None if ways else ANONYMOUS

    def hop(self) -> Hop:
        """To a worker thread and back."""
        return Hop(self._threads)

    async def connexions(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The way of everything that is not for the lane."""
        await self._app(scope, receive, send)

    def called(self, function: Callable[..., Response], arguments: Any, caller: Caller, environ: Any) -> Answer:
        """The function's answer, given inside Flask's request."""
        with self._flask.request_context(environ):
            g.caller = caller
            try:
                response = function(**arguments)
            except WerkzeugException as error:  # as connexion translates it
                raise HTTPException(error.code or 500, detail=error.description) from error
            return _answer(response, environ)


class _Operation:
    def __init__(
        self, lane: Lane, name: str, check: checks.Check, ways: Ways, function: Callable[..., Response]
    ) -> None:
        self._lane, self._name, self._check, self._ways, self._function = lane, name, check, ways, function
        self.answer: Callable[[Scope, Receive, Send], Awaitable[None]] = self._answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[ROUTING_CONTEXT] = {"api_base_path": "", "operation_id": self._name}
        await self.answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller = self._lane.admitted(scope["headers"], self._ways)
        arguments = self._check.arguments(scope, scope["path_params"])
        if caller is None or arguments is None:
            await self._lane.connexions(scope, receive, send)
            return
        body = await drained(receive)
        if not self._check.add_body(body, arguments):
            await self._lane.connexions(scope, _again(body, receive), send)
            return
        hop = self._lane.hop()
        answer = await hop(self._lane.called, self._function, arguments, caller, environ_of(scope, body) | {LANE: True})
        await deliver(answer, hop, receive, send)


def _header(headers: list[tuple[bytes, bytes]], wanted: str) -> str | None:
    spelled = wanted.lower().encode()
    return next((value.decode("latin-1") for name, value in headers if name == spelled), None)


def _answer(response: Response, environ: Any) -> Answer:
    """As werkzeug sends it; an answer whose body stands needs none of its rules."""
    if response.is_streamed or "Location" in response.headers or not 200 <= response.status_code < 500:
        chunks, status, headers = response.get_wsgi_response(environ)
        return answered(int(status[:3]), headers, chunks)
    try:
        return answered(response.status_code, response.headers, response.iter_encoded())
    finally:
        response.close()


def _ways(operation: OpenAPIOperation) -> Ways:
    """The scopes of each way in; none for an operation that is open to all. Raises NotCompiled."""
    ways = operation.security or []
    if any(list(way) != ["baraza"] or not way["baraza"] for way in ways):
        raise NotCompiled("another way in than scopes")
    return [way["baraza"] for way in ways]


def _again(body: bytes, receive: Receive) -> Receive:
    """The body from its beginning."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received
