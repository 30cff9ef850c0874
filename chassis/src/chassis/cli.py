"""`python -m <block> serve | relay | consume | migrate | check | republish`: one verb a command.

`relay` and `consume` answer operators (`/live`, `/ready`, `/metrics`) at HOST and PORT, as `serve` does.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import contracts
from chassis import app as chassis_app
from chassis import garbage, logs, outbox, plaintext, settings
from chassis.app import App
from chassis.clock import parse
from chassis.health import Door
from chassis.runtime import Service
from chassis.serving import Server
from chassis.settings import BadSetting, ServiceSettings
from chassis.workers import ROLES

_EVER = datetime.min.replace(tzinfo=UTC)
_ASK_SECONDS = 2.0  # as often as health looks
_LISTEN = ("serve", "relay", "consume")


def main(service: Service, kind: type[ServiceSettings], arguments: list[str] | None = None) -> int:
    """Run one verb of the block; its exit status."""
    parser = argparse.ArgumentParser(prog=f"python -m {service.name}")
    parser.add_argument("verb", choices=("serve", "relay", "consume", "migrate", "check", "republish"))
    parser.add_argument("--roles", default=",".join(ROLES), help="what serve does beside serving; empty for nothing")
    parser.add_argument("--wait", type=float, default=0, help="seconds that check waits for the block to be ready")
    parser.add_argument("--since", type=parse, default=_EVER, help="instant from which republish sends events again")
    parser.add_argument("--topic", action="append", help="what republish sends again; all of the block's without it")
    given = parser.parse_args(arguments)
    try:
        own = settings.load(kind, os.environ)
        plaintext.refuse(own, calls(own), listens=given.verb in _LISTEN)
        logs.configure(own.log_level, service.name)
        return _run(service, own, given)
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201 - the answer to whoever typed the command
        return 2


def calls(own: ServiceSettings) -> dict[str, str]:
    """Whom a block calls, `{setting: address}`."""
    named = ("gateway_url", "context_keys", "events_url", "otlp_endpoint")
    return {name.upper(): getattr(own, name) for name in named}


def _run(service: Service, own: ServiceSettings, given: argparse.Namespace) -> int:
    roles = tuple(role for role in given.roles.split(",") if role)
    verbs: dict[str, Callable[[], int]] = {
        "serve": lambda: serve(chassis_app.create(service, own, roles=roles)),
        "relay": lambda: work(chassis_app.create(service, own, roles=("relay",))),
        "consume": lambda: work(chassis_app.create(service, own, roles=("consume", "jobs", "tick"))),
        "migrate": lambda: migrate(chassis_app.create(service, own, roles=())),
        "check": lambda: check(chassis_app.create(service, own, roles=()), given.wait),
        "republish": lambda: republish(chassis_app.create(service, own, roles=()), given.topic, given.since),
    }
    return verbs[given.verb]()


def serve(app: App) -> int:
    """Serve until SIGTERM: unready at once, finish what is in flight, stop the workers."""
    return _until_told(app, Server(app, app.runtime.settings, app.health.stop, _mid_drain(app)))


def work(app: App) -> int:
    """Run the workers alone until SIGTERM. No client comes here, so that there is nothing to drain."""
    own = replace(app.runtime.settings, drain_seconds=0.0)
    return _until_told(app, Server(Door(app.health), own, app.health.stop, _mid_drain(app), lifespan=False))


def _until_told(app: App, server: Server) -> int:
    for name in (signal.SIGTERM, signal.SIGINT):  # from here on, also before the server's loop runs
        signal.signal(name, server.handle_exit)
    app.workers.start()
    garbage.collect_seldom()
    server.run()
    app.close()
    return 0


def _mid_drain(app: App) -> Callable[[], None]:
    return lambda: app.runtime.failpoints.hit("shutdown.mid_drain")


def migrate(app: App) -> int:
    """Bring the block's database to its newest migration, and make what must stand before it serves."""
    try:
        chassis_app.prepare(app.runtime)
    finally:
        app.close()
    return 0


def check(app: App, wait_seconds: float = 0) -> int:
    """Whether the block could serve: contract, settings, database and migrations; asked again until it can or the time
    is over."""
    until = time.monotonic() + wait_seconds
    while (reasons := app.health.reasons()) and time.monotonic() < until:
        time.sleep(_ASK_SECONDS)
    app.close()
    print("ready" if not reasons else "not ready: " + ", ".join(reasons))  # noqa: T201 - as above
    return 1 if reasons else 0


def republish(app: App, topics: Sequence[str] | None, since: datetime) -> int:
    """Have the relay send again what the block told since then. Consumers drop what they know, so that this fills what
    a broker has lost and nothing else."""
    own = [name for name, topic in contracts.topics().items() if topic["owner"] == app.runtime.service.name]
    if unknown := sorted(set(topics or ()) - set(own)):
        print(f"{', '.join(unknown)}: not a topic of {app.runtime.service.name}", file=sys.stderr)  # noqa: T201 - as above
        app.close()
        return 2
    with app.runtime.transaction() as tx:
        again = outbox.republish(tx, topics or own, since)
    app.close()
    print(f"{again} events are sent again")  # noqa: T201 - as above
    return 0
