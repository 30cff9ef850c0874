"""All seven blocks in one process, told apart by port, so that addresses are those of production.

Each is an app of its own: database, metrics, tracer, settings and workers stay apart.
"""

import asyncio
import signal
import socket
from importlib import import_module

import uvicorn
from starlette.types import Receive, Scope, Send

from chassis import app as chassis_app
from chassis import logs, settings
from chassis.app import App
from mesh.layout import BLOCKS, HOST, Layout

_DRAIN_SECONDS = 20


class ByPort:
    """An ASGI application that is seven: the port that a request came in by says which."""

    def __init__(self, apps: dict[int, App]) -> None:
        self._apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._apps[scope["server"][1]](scope, receive, send)


def build(layout: Layout) -> dict[int, App]:
    """Every block by its port."""
    apps = {}
    for block in BLOCKS:
        kind = import_module(f"{block}.settings").Settings
        own = settings.load(kind, layout.environment(block))
        apps[own.port] = chassis_app.create(import_module(f"{block}.app").SERVICE, own)
    return apps


def serve(layout: Layout) -> None:
    """Serve all until SIGTERM: finish what is in flight, stop the workers, exit."""
    logs.configure("INFO")
    asyncio.run(_serve(build(layout)))


async def _serve(apps: dict[int, App]) -> None:
    for app in apps.values():  # connexion builds its stack when it starts
        await _lifespan(app)
        app.workers.start()
    config = uvicorn.Config(
        ByPort(apps), lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=_DRAIN_SECONDS
    )
    server = uvicorn.Server(config)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, lambda: setattr(server, "should_exit", True))
    await server.serve([_listening(port) for port in apps])
    for app in apps.values():
        await asyncio.to_thread(app.close)


async def _lifespan(app: App) -> None:
    """Send the start-up message that a server of one app would send."""
    done = asyncio.Event()
    asyncio.create_task(_stay(app, done))  # noqa: RUF006 - lives as long as the loop
    await done.wait()


async def _stay(app: App, done: asyncio.Event) -> None:
    messages = iter([{"type": "lifespan.startup"}])

    async def receive() -> dict[str, str]:
        message = next(messages, None)
        if message is None:
            await asyncio.Event().wait()
        return message or {}

    async def send(_: object) -> None:
        done.set()

    await app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((HOST, port))
    return listening
