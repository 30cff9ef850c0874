"""A small real HTTP server that stands where the information mediator does, and notes what it is sent."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

import orjson

TOKEN_PATH = "/r1/BARAZA/GOV/1001/identity/api/oauth/v2/token"


@dataclass
class Planned:
    """How the server answers: status, body, headers, after so many seconds."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    after_seconds: float = 0


@dataclass
class Received:
    """What came: method, path with query, headers in lower case, body, and the port of the connection it came on."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    port: int


class PeerServer:
    """Answers `planned` to everything but the token endpoint; `token` is what that one says."""

    def __init__(self) -> None:
        self.planned = Planned()
        self.token = Planned(body=orjson.dumps({"access_token": "token-1", "expires_in": 3600}))
        self.calls: list[Received] = []
        self.token_calls: list[Received] = []
        self._lock = Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def give_token(self, text: str, lives_seconds: int) -> None:
        """From now on the token endpoint gives this one."""
        self.token = Planned(body=orjson.dumps({"access_token": text, "expires_in": lives_seconds}))

    @contextmanager
    def serving(self) -> Iterator["PeerServer"]:
        """Serve until the block ends."""
        thread = Thread(target=self._http.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield self
        finally:
            self._http.shutdown()
            thread.join()
            self._http.server_close()

    def _answer(self, received: Received) -> Planned:
        with self._lock:
            (self.token_calls if received.path == TOKEN_PATH else self.calls).append(received)
        return self.token if received.path == TOKEN_PATH else self.planned

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                plan = server._answer(Received(self.command, self.path, headers, body, self.client_address[1]))
                time.sleep(plan.after_seconds)
                self.send_response(plan.status)
                for name, value in {"Content-Length": str(len(plan.body)), **plan.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(plan.body)

            do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - the names that http.server calls

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
