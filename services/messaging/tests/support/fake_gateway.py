"""A mediator with identity's token endpoint and a registry of contacts behind it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FakeGateway:
    """`contacts` is `{entry id: content}`; `away` makes the registry answer 503."""

    def __init__(self) -> None:
        self.contacts: dict[str, dict[str, Any]] = {}
        self.purposes: list[str] = []
        self.away = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        if path.endswith("/identity/api/oauth/v2/token"):
            return 200, {"access_token": "token", "expires_in": 600}
        if path.endswith("/registry/api/data/participants/1/read") and not self.away:
            self.purposes.append(headers["Baraza-Purpose"])
            entry = self.contacts.get(json.loads(body)["query"]["content"]["id"])
            return (200, {"content": entry}) if entry else (404, {"detail": "no record found"})
        return 503, {}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 65536  # an answer in one packet: two would wait 40 ms for the first one's acknowledgement

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = gateway.answer(self.path, self.headers, body)
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Silent."""

        return Handler


@contextmanager
def running() -> Iterator[FakeGateway]:
    gateway = FakeGateway()
    gateway.start()
    try:
        yield gateway
    finally:
        gateway.stop()
