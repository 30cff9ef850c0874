"""What operators ask: alive, ready, metrics, contract. The reasons of an unready mediator are told by name only."""

import asyncio
from collections.abc import Callable
from time import monotonic

import orjson
from aiohttp import web

import contracts
from chassis.database import Database
from chassis.metrics import Metrics
from chassis.migrations import is_current

_CACHED_SECONDS = 2.0


class Health:
    """`writing` says whether the message log's thread lives. `stopping` is set by whoever stops the process."""

    def __init__(self, database: Database, metrics: Metrics, writing: Callable[[], bool]) -> None:
        self.stopping = False
        self._database = database
        self._metrics = metrics
        self._writing = writing
        self._looked_at = float("-inf")
        self._reasons: list[str] = []

    async def ask_to_connect_anew(self, _request: web.Request, answer: web.StreamResponse) -> None:
        """While the process stops, the connection of every answer ends with it; a balancer leads the next elsewhere."""
        if self.stopping:
            answer.headers["Connection"] = "close"
            answer.force_close()

    async def live(self, _request: web.Request) -> web.Response:
        """The event loop answers."""
        return json_response({"status": "alive"})

    async def ready(self, _request: web.Request) -> web.Response:
        """503 while calls cannot be carried."""
        reasons = await asyncio.to_thread(self.reasons)
        if reasons:
            return json_response({"status": "not ready", "reasons": reasons}, 503)
        return json_response({"status": "ready"})

    async def metrics(self, _request: web.Request) -> web.Response:
        """What Prometheus scrapes."""
        text = await asyncio.to_thread(self._metrics.exposition)
        return web.Response(body=text, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    async def openapi(self, _request: web.Request) -> web.Response:
        """The mediator's own contract."""
        return json_response(contracts.openapi("gateway"))

    def reasons(self) -> list[str]:
        """Why calls cannot be carried now; empty when they can. Looked at every two seconds at most."""
        if self.stopping:
            return ["stopping"]
        if monotonic() - self._looked_at >= _CACHED_SECONDS:
            self._reasons, self._looked_at = self._look(), monotonic()
        return self._reasons

    def _look(self) -> list[str]:
        try:
            if not self._database.ready():
                return ["database"]
            if not is_current(self._database, "gateway"):
                return ["migrations"]
        except Exception:  # whatever the database says, it does not serve
            return ["database"]
        return [] if self._writing() else ["message log"]


def json_response(body: object, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")
