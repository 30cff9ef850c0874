"""What operators ask: is it alive, is it ready, how long do pages take."""

import time

from flask import Flask, Response, g, request

from chassis import migrations
from chassis.database import Database
from chassis.metrics import Metrics


def install(app: Flask, database: Database) -> None:
    """`/live`, `/ready`, `/metrics`; none of them asks another block."""
    metrics = Metrics("portal")

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def measure(answer: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        metrics.observe(
            "http_server_request_duration_seconds",
            time.perf_counter() - g.get("began", time.perf_counter()),
            http_route=route,
            http_response_status_code=str(answer.status_code),
        )
        return answer

    @app.get("/live")
    def live() -> Response:
        return Response('{"status":"live"}', mimetype="application/json")

    @app.get("/ready")
    def ready() -> Response:
        if database.ready() and migrations.is_current(database, "portal"):
            return Response('{"status":"ready"}', mimetype="application/json")
        return Response('{"status":"not ready"}', 503, mimetype="application/json")

    @app.get("/metrics")
    def exposition() -> Response:
        return Response(metrics.exposition(), mimetype="text/plain; version=0.0.4")
