"""`python -m <block> serve | relay | consume | migrate | check`: one verb a command."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable

import uvicorn

from chassis import app as chassis_app
from chassis import garbage, logs, settings
from chassis.app import App
from chassis.runtime import Service
from chassis.settings import BadSetting, ServiceSettings
from chassis.workers import ROLES

_DRAIN_SECONDS = 20


def main(service: Service, kind: type[ServiceSettings], arguments: list[str] | None = None) -> int:
    """Run one verb of the block; its exit status."""
    parser = argparse.ArgumentParser(prog=f"python -m {service.name}")
    parser.add_argument("verb", choices=("serve", "relay", "consume", "migrate", "check"))
    parser.add_argument("--roles", default=",".join(ROLES), help="what serve does beside serving; empty for nothing")
    given = parser.parse_args(arguments)
    try:
        own = settings.load(kind, os.environ)
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201 - the answer to whoever typed the command
        return 2
    logs.configure(own.log_level)
    roles = tuple(role for role in given.roles.split(",") if role)
    verbs: dict[str, Callable[[], int]] = {
        "serve": lambda: serve(chassis_app.create(service, own, roles=roles)),
        "relay": lambda: work(chassis_app.create(service, own, roles=("relay",))),
        "consume": lambda: work(chassis_app.create(service, own, roles=("consume", "jobs", "tick"))),
        "migrate": lambda: migrate(chassis_app.create(service, own, roles=())),
        "check": lambda: check(chassis_app.create(service, own, roles=())),
    }
    return verbs[given.verb]()


def serve(app: App) -> int:
    """Serve until SIGTERM: unready at once, finish what is in flight, stop the workers."""
    app.workers.start()
    garbage.collect_seldom()
    own = app.runtime.settings
    config = uvicorn.Config(
        app, own.host, own.port, log_config=None, access_log=False, lifespan="on",
        timeout_graceful_shutdown=_DRAIN_SECONDS, server_header=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    for name in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises the signal again at its end, before ours is reached
        signal.signal(name, server.handle_exit)
    server.run()
    app.close()
    return 0


def work(app: App) -> int:
    """Run the workers alone until SIGTERM."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    app.workers.start()
    stop.wait()
    app.close()
    return 0


def migrate(app: App) -> int:
    """Bring the block's database to its newest migration, and make what must stand before it serves."""
    try:
        chassis_app.prepare(app.runtime)
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201 - the answer to whoever typed the command
        return 2
    finally:
        app.close()
    return 0


def check(app: App) -> int:
    """Whether the block could serve: contract, settings, database and migrations."""
    reasons = app.health.reasons()
    app.close()
    print("ready" if not reasons else "not ready: " + ", ".join(reasons))  # noqa: T201 - as above
    return 1 if reasons else 0
