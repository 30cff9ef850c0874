"""`/live`, `/ready`, `/metrics`, `/openapi.json`: what operators ask, outside the contract's operations.

A broker that is away does not make a block unready: its outbox takes the events.
"""

import asyncio
import time

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

import contracts
from chassis.migrations import is_current
from chassis.runtime import Runtime
from chassis.workers import Workers

_CACHED_SECONDS = 2.0


class Health:
    """The operators' addresses of one app."""

    def __init__(self, own: Runtime, workers: Workers) -> None:
        self._runtime, self._workers = own, workers
        self._checked_at = -_CACHED_SECONDS
        self._stopping = False
        self._reasons: list[str] = []

    def stop(self) -> None:
        """Unready from now on: the process was told to stop."""
        self._stopping = True

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer if the request is one of these; whether it was."""
        path = scope["path"]
        if path == "/live":
            response = _json({"status": "alive"})
        elif path == "/ready":
            reasons = await asyncio.to_thread(self.reasons)
            response = _json({"status": "ready"} if not reasons else {"status": "not ready", "reasons": reasons})
            response.status_code = 503 if reasons else 200
        elif path == "/metrics":
            text = await asyncio.to_thread(self._runtime.metrics.exposition)
            response = Response(text, media_type="text/plain; version=0.0.4")
        elif path == "/openapi.json":
            response = _json(contracts.openapi(self._runtime.service.name))
        else:
            return False
        await response(scope, receive, send)
        return True

    def reasons(self) -> list[str]:
        """Why the block cannot serve now; empty when it can. Looked at every two seconds at most, but a stop is said at
        once."""
        if self._stopping or self._runtime.stopping.is_set():
            return ["stopping"]
        if time.monotonic() - self._checked_at >= _CACHED_SECONDS:
            self._reasons = self._look()
            self._checked_at = time.monotonic()
        return self._reasons

    def _look(self) -> list[str]:
        own = self._runtime
        try:
            if not own.database.ready():
                return ["database"]
            if not is_current(own.database, own.service.name):
                return ["migrations"]
        except Exception:  # whatever the database says, it does not serve
            return ["database"]
        return ["consumer stopped"] if self._workers.stopped_because else []


class Door:
    """An ASGI application that answers operators alone, for a process that only works."""

    def __init__(self, health: Health) -> None:
        self._health = health

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not await self._health.answer(scope, receive, send):
            await Response(status_code=404)(scope, receive, send)


def _json(body: object) -> Response:
    return Response(orjson.dumps(body), media_type="application/json")
