"""The fake mediator and provider behind a real port of this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .fake_contract import File
from .fake_gateway import FakeGateway
from .fake_provider import KEY

Json = Any


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: "Server"

    def log_message(self, *_: object) -> None: ...

    def _answer(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        if parts.path.startswith("/r1/"):
            body = json.loads(raw) if raw and self.headers.get("Content-Type") == "application/json" else raw or None
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answered = self.owner.fake.answer(self.command, self.path, headers, body)
            return self._send(status, answered)
        flat = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.owner.fake.authorize(flat))
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if parts.path == "/oauth/v2/token":
            form = {name: values[-1] for name, values in parse_qs(raw.decode()).items()}
            return self._send(*self.owner.fake.redeem(form))
        if parts.path == "/.well-known/openid-configuration":
            return self._send(200, self.owner.fake.metadata())
        if parts.path == "/.well-known/jwks.json":
            return self._send(200, {"keys": [KEY.as_dict(private=False)]})
        return self._send(404, {})

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - names of the standard library

    def _send(self, status: int, body: Json) -> None:
        kind = "application/problem+json" if status >= 400 else "application/json"
        file = body if isinstance(body, File) else File(b"" if body is None else json.dumps(body).encode(), kind)
        raw = file.content
        self.send_response(status)
        for name, value in {"Content-Type": file.media_type, **file.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


class Server:
    """A real port of this machine; `fake` is what answers behind it."""

    def __init__(self) -> None:
        self.fake = FakeGateway("")
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
