"""`mesh up`: prepare, start three processes (blocks, gateway, portal), keep them running, stop them in order.

Standard library only, as long as the mesh needs no servers. `--processes each` gives every block a process of its own,
`--split-roles` one to each of its roles.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TextIO

from mesh.layout import BLOCKS, Layout, Shape
from mesh.prepare import prepare
from mesh.status import health
from mesh.supervisor import Child, Supervisor

_READY_SECONDS = 180  # 23 processes on a small machine
_QUIET = {"PYTHONWARNINGS": "ignore", "MALLOC_ARENA_MAX": "2"}  # libraries warn at import; glibc hoards memory


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line."""

    postgresql: bool = False
    kafka: bool = False
    each: bool = False
    split_roles: bool = False
    seed: bool = False


def up(layout: Layout, wanted: Wanted) -> int:
    """Run the mesh in the foreground until Ctrl-C; its exit status."""
    started = time.monotonic()
    layout.state.mkdir(parents=True, exist_ok=True)
    with _servers(layout, wanted) as (postgres_url, kafka_url), (layout.state / "mesh.log").open("a") as output:
        layout.keep(Shape(postgres_url, kafka_url, wanted.each or wanted.split_roles, wanted.split_roles))
        prepare(layout)
        supervisor = Supervisor(_children(layout, output))
        supervisor.start()
        (layout.state / "mesh.pid").write_text("\n".join(_pids(supervisor)))
        if not _wait_until_ready(layout, supervisor):
            supervisor.stop()
            print(f"The mesh did not become ready; see {layout.state / 'mesh.log'}", file=sys.stderr)
            return 1
        print(f"Ready after {time.monotonic() - started:.1f} seconds.", flush=True)
        if wanted.seed and subprocess.call(_mesh(layout, "seed")):
            supervisor.stop()
            return 1
        _welcome(layout)
        supervisor.run()
    return 0


def _servers(layout: Layout, wanted: Wanted) -> AbstractContextManager[tuple[str, str]]:
    if not (wanted.postgresql or wanted.kafka):
        return nullcontext(("", ""))
    running: Callable[..., AbstractContextManager[tuple[str, str]]] = import_module("mesh.servers").running
    return running(layout, postgresql=wanted.postgresql, kafka=wanted.kafka)


def not_ready(layout: Layout) -> list[str]:
    """Names of the processes that do not say that they are ready."""
    return [name for name, url in layout.urls().items() if health(url) != "ready"]


def _wait_until_ready(layout: Layout, supervisor: Supervisor) -> bool:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline and not supervisor.stopping:
        for child in supervisor.children:
            child.look()
        if not not_ready(layout):
            return True
        time.sleep(0.1)
    return False


def _children(layout: Layout, output: TextIO) -> list[Child]:
    def serving(name: str) -> Child:
        alone = ["--roles", ""] if layout.shape.split_roles and name in BLOCKS else []
        return Child(name, [*_migrated(name), *alone], lambda: _QUIET | layout.environment(name), output)

    shape, outer = layout.shape, [serving("gateway"), serving("portal")]
    if shape.split_roles:
        return [serving(name) for name in layout.urls()]
    if shape.each:
        return [*map(serving, BLOCKS), *outer]
    return [Child("blocks", _mesh(layout, "blocks"), lambda: _QUIET, output), *outer]


def _migrated(name: str) -> list[str]:
    """A command that migrates and then serves, in one process and so with one start-up."""
    return [sys.executable, "-m", "mesh.serving", name]


def _mesh(layout: Layout, verb: str) -> list[str]:
    return [sys.executable, "-m", "mesh", verb, "--state", str(layout.state), "--shift", str(layout.shift)]


def _pids(supervisor: Supervisor) -> list[str]:
    return [f"{child.name} {child.process.pid}" for child in supervisor.children if child.process]


def _welcome(layout: Layout) -> None:
    print(f"\n  Portal    {layout.portal_url}\n  Mail      {layout.block_url('messaging')}/catcher\n")
    for account in json.loads(Path(layout.accounts_file).read_text()):
        print(f"  {account['role']:<14} {account['login']:<26} {account['password']}")
    print("\nCtrl-C stops the mesh; a second start continues where it stopped.", flush=True)
