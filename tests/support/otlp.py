"""A receiver of traces: OTLP over HTTP, decoded from its protobuf."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class ReceivedSpan:
    """A span as it came; ids in hexadecimal, `parent` empty for the first of a trace."""

    service: str
    name: str
    kind: int
    trace: str
    id: str
    parent: str
    facts: dict[str, str]


class Receiver:
    """Listens on loopback while it is open; `spans` grows."""

    def __init__(self) -> None:
        self.spans: list[ReceivedSpan] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/v1/traces":
                    owner.spans += _decoded(body)
                self.send_response(200 if self.path == "/v1/traces" else 404)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Receiver":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def ways(self) -> list[list[ReceivedSpan]]:
        """From each span up to the first of its trace, as far as it came here."""
        by_id = {span.id: span for span in self.spans}
        ways = []
        for span in list(self.spans):
            way = [span]
            while (above := by_id.get(way[-1].parent)) is not None:
                way.append(above)
            ways.append(way)
        return ways


def _decoded(body: bytes) -> list[ReceivedSpan]:
    spans = []
    for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
        named = _facts(resource.resource.attributes)
        for scope in resource.scope_spans:
            spans += [
                ReceivedSpan(
                    named["service.name"],
                    span.name,
                    span.kind,
                    span.trace_id.hex(),
                    span.span_id.hex(),
                    span.parent_span_id.hex(),
                    _facts(span.attributes) | {f"resource.{key}": value for key, value in named.items()},
                )
                for span in scope.spans
            ]
    return spans


def _facts(attributes: Any) -> dict[str, str]:
    """`{key: value}`, whatever the value's kind, as text."""
    return {each.key: str(getattr(each.value, each.value.WhichOneof("value"))) for each in attributes}
