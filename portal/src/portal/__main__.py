"""`python -m portal serve`."""

import os
import signal
import sys

import uvicorn
from a2wsgi import WSGIMiddleware

from chassis import garbage, logs
from chassis.settings import load
from portal.app import create_app
from portal.settings import Settings


def main(arguments: list[str]) -> int:
    """Serve until told to stop."""
    if arguments not in ([], ["serve"]):
        sys.stderr.write("usage: python -m portal serve\n")
        return 2
    settings = load(Settings, os.environ)
    logs.configure(settings.log_level)
    app = WSGIMiddleware(create_app(settings), workers=settings.threads)  # type: ignore[arg-type] # two spellings of WSGI
    garbage.collect_seldom()
    for name in (signal.SIGTERM, signal.SIGINT):  # uvicorn gives the signal on when it has stopped
        signal.signal(name, signal.SIG_IGN)
    uvicorn.run(app, host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
