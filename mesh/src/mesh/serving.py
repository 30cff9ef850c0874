"""`python -m mesh.serving NAME`: migrate a process's own database, then serve: one process, one start-up."""

import sys
from importlib import import_module

from mesh.layout import BLOCKS


def main(name: str) -> int:
    """Run `migrate` and then `serve`; the exit status of the first that fails."""
    for verb in ("serve",) if name == "portal" else ("migrate", "serve"):  # the portal makes its one table itself
        if status := _run(name, verb):
            return status
    return 0


def _run(name: str, verb: str) -> int:
    if name in BLOCKS:
        service, kind = import_module(f"{name}.app").SERVICE, import_module(f"{name}.settings").Settings
        return int(import_module("chassis.cli").main(service, kind, [verb]))
    return int(import_module(f"{name}.__main__").main([verb]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
