"""The verbs backup, restore and verify of `python -m mesh`: what each takes, and which function it is."""

import argparse
from importlib import import_module
from pathlib import Path
from typing import Any

from mesh.layout import Layout

VERBS = {
    "backup": "copy everything, at one instant, into a new folder; the mesh may run",
    "restore": "bring a backup into an empty state folder",
    "verify": "check databases, chains of evidence and what blocks told each other",
}


def declare(verb: argparse.ArgumentParser, name: str) -> None:
    """What a verb takes beside the state folder."""
    if name == "verify":
        verb.add_argument("--settled", action="store_true", help="an event that still waits is a flaw")
        return
    verb.add_argument("--passphrase-file", type=Path, help="seal, or open, with the words in this file")
    if name == "backup":
        verb.add_argument("--into", type=Path, required=True, help="folder in which a new one is made")
    else:
        verb.add_argument("--from", dest="source", type=Path, required=True, help="folder that `backup` named")


def run(layout: Layout, given: argparse.Namespace) -> int:
    """Do one; its exit status."""
    command: Any = import_module("mesh.backup.command")  # loads what the launcher never needs
    if given.verb == "verify":
        return int(command.verify(layout, settled=given.settled))
    if given.verb == "backup":
        return int(command.backup(layout, given.into, given.passphrase_file))
    return int(command.restore(layout, given.source, given.passphrase_file))
