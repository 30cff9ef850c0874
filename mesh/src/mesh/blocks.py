"""All seven blocks in one process, told apart by port, so that addresses are those of production.

Each is an app of its own: database, metrics, tracer, settings and workers stay apart.
"""

import asyncio
import os
import signal
import socket
from importlib import import_module

import uvloop
from starlette.types import Receive, Scope, Send

from chassis import app as chassis_app
from chassis import garbage, logs, settings
from chassis.app import App
from chassis.serving import Server
from mesh.layout import BLOCKS, HOST, Layout


class ByPort:
    """An ASGI application that is seven: the port that a request came in by says which."""

    def __init__(self, apps: dict[int, App]) -> None:
        self._apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._apps[scope["server"][1]](scope, receive, send)


def build(layout: Layout) -> dict[int, App]:
    """Every block by its port, migrated and seeded."""
    apps = {}
    for block in BLOCKS:
        kind = import_module(f"{block}.settings").Settings
        own = settings.load(kind, os.environ | layout.environment(block))
        app = chassis_app.create(import_module(f"{block}.app").SERVICE, own)
        chassis_app.prepare(app.runtime)
        apps[own.port] = app
    return apps


def serve(layout: Layout) -> None:
    """Serve all until SIGTERM: unready at once, finish what is in flight, stop the workers, exit."""
    logs.configure("INFO", "mesh")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(build(layout)))


async def _serve(apps: dict[int, App]) -> None:
    lives = [await _started(app) for app in apps.values()]  # connexion builds its stack when it starts
    for app in apps.values():
        app.workers.start()
    garbage.collect_seldom()
    own = next(iter(apps.values())).runtime.settings
    server = Server(ByPort(apps), own, lambda: _stop(apps), lambda: _mid_drain(apps), lifespan=False)
    for name in (signal.SIGTERM, signal.SIGINT):  # the loop's own handlers would hear a signal twice
        signal.signal(name, server.handle_exit)
    await server.serve([_listening(port) for port in apps])
    await asyncio.gather(*(asyncio.to_thread(app.close) for app in apps.values()))
    for life in lives:
        life.cancel()


def _stop(apps: dict[int, App]) -> None:
    for app in apps.values():
        app.health.stop()


def _mid_drain(apps: dict[int, App]) -> None:
    for app in apps.values():
        app.runtime.failpoints.hit("shutdown.mid_drain")


async def _started(app: App) -> asyncio.Task[None]:
    """Send the start-up message that a server of one app would send; the task lives as long as the app."""
    up = asyncio.Event()
    messages: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    messages.put_nowait({"type": "lifespan.startup"})

    async def send(_: object) -> None:
        up.set()

    async def live() -> None:
        await app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, messages.get, send)

    life = asyncio.create_task(live())
    await up.wait()
    return life


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((HOST, port))
    return listening
