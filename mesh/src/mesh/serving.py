"""`python -m mesh.serving NAME`: migrate a process's own database, then serve: one process, one start-up.

The name of a role (`engagement-relay`) does that role alone; its block, which serves, migrates for it.
"""

import sys
from importlib import import_module

from mesh.layout import BLOCKS


def main(name: str, *arguments: str) -> int:
    """Run `migrate` and then `serve`; the exit status of the first that fails."""
    block, _, role = name.partition("-")
    if role:
        return _run(block, role)
    if status := 0 if name == "portal" else _run(block, "migrate"):  # the portal makes its one table itself
        return status
    return _run(block, "serve", *arguments)


def _run(name: str, *arguments: str) -> int:
    if name in BLOCKS:
        service, kind = import_module(f"{name}.app").SERVICE, import_module(f"{name}.settings").Settings
        return int(import_module("chassis.cli").main(service, kind, list(arguments)))
    return int(import_module(f"{name}.__main__").main(list(arguments)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
