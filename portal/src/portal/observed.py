"""What operators ask: is it alive, is it ready, how long do pages take; and a trace for every page."""

import time
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from flask import Flask, Response, g, request

from chassis import figures, migrations
from chassis.database import Database
from chassis.metrics import Metrics, method
from chassis.tracing import SpanKind, Tracing
from portal.settings import Settings

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]  # Any: WSGI's own
_OPERATORS = frozenset({"/live", "/ready", "/metrics"})
_SPAN = "baraza.span"


def install(app: Flask, database: Database, settings: Settings, spans: Tracing) -> None:
    """`/live`, `/ready`, `/metrics`; none of them asks another block. With an endpoint every page has a span."""
    metrics = Metrics("portal")
    figures.of_process(metrics, settings, database)
    figures.ready(metrics, lambda: [] if _is_ready(database) else ["database"])
    _measure(app, metrics)
    app.wsgi_app = _around(app.wsgi_app, metrics, spans)  # type: ignore[method-assign,assignment] # Flask's own way to wrap an app

    @app.get("/live")
    def live() -> Response:
        return Response('{"status":"live"}', mimetype="application/json")

    @app.get("/ready")
    def ready() -> Response:
        if _is_ready(database):
            return Response('{"status":"ready"}', mimetype="application/json")
        return Response('{"status":"not ready"}', 503, mimetype="application/json")

    @app.get("/metrics")
    def exposition() -> Response:
        return Response(metrics.exposition(), mimetype="text/plain; version=0.0.4")


def _is_ready(database: Database) -> bool:
    return database.ready() and migrations.is_current(database, "portal")


def _measure(app: Flask, metrics: Metrics) -> None:
    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def measure(answer: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        if (span := request.environ.get(_SPAN)) is not None:
            span.update_name(f"{method(request.method)} {route}")
            span.set_attribute("http.route", route)
            span.set_attribute("http.response.status_code", answer.status_code)
        metrics.observe(
            "http_server_request_duration_seconds",
            time.perf_counter() - g.get("began", time.perf_counter()),
            http_route=route,
            http_request_method=method(request.method),
            http_response_status_code=str(answer.status_code),
        )
        return answer


def _around(inner: Wsgi, metrics: Metrics, spans: Tracing) -> Wsgi:
    """Count what is being answered, and begin a trace: what a browser sends of one is not believed."""
    counting = Lock()

    def count(change: int) -> None:
        with counting:
            metrics.active_requests += change

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        count(1)
        try:
            if not spans.exports or environ["PATH_INFO"] in _OPERATORS:
                return inner(environ, start_response)
            with spans.span("page", SpanKind.SERVER) as span:
                return inner(environ | {_SPAN: span}, start_response)
        finally:
            count(-1)

    return answer
