"""`python -m portal serve`."""

import os
import signal
import sys
from typing import Any

from a2wsgi import WSGIMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis import garbage, logs, plaintext
from chassis.serving import Server
from chassis.settings import BadSetting, load
from portal.app import create_app
from portal.settings import Settings


def main(arguments: list[str]) -> int:
    """Serve until told to stop."""
    if arguments not in ([], ["serve"]):
        sys.stderr.write("usage: python -m portal serve\n")
        return 2
    try:
        own = load(Settings, os.environ)
        calls = {"GATEWAY_URL": own.gateway_url, "ISSUER": own.issuer, "OTLP_ENDPOINT": own.otlp_endpoint}
        plaintext.refuse(own, calls, listens=True)
        logs.configure(own.log_level, "portal")
        serve(own)
    except BadSetting as bad:
        sys.stderr.write(f"{bad}\n")
        return 2
    return 0


def serve(own: Settings) -> None:
    """Serve until SIGTERM: unready at once, finish the pages that are being made. Raises BadSetting."""
    app = create_app(own)
    pages: Any = WSGIMiddleware(app, workers=own.threads)  # type: ignore[arg-type] # two spellings of WSGI
    door = Door(pages)
    server = Server(door, own, door.stop)
    for name in (signal.SIGTERM, signal.SIGINT):  # from here on, also before the server's loop runs
        signal.signal(name, server.handle_exit)
    garbage.collect_seldom()
    server.run()
    app.extensions["portal"].close()


class Door:
    """The pages; `/ready` refuses once the process was told to stop, and nothing of the pages need know."""

    def __init__(self, pages: ASGIApp) -> None:
        self._pages = pages
        self._stopping = False

    def stop(self) -> None:
        """Unready from now on."""
        self._stopping = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._stopping and scope["type"] == "http" and scope["path"] == "/ready":
            stopping = JSONResponse({"status": "not ready", "reasons": ["stopping"]}, 503)
            await stopping(scope, receive, send)
        else:
            await self._pages(scope, receive, send)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
