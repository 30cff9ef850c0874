"""`python -m mesh up | status | demo | backup | restore | verify`, and what `up` itself uses: blocks, seed."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from mesh.backup import verbs
from mesh.layout import Layout


def main(arguments: list[str] | None = None) -> int:
    """One verb a command; heavy modules are loaded by the verb that needs them."""
    given = _parser().parse_args(arguments)
    layout = Layout(Path(given.state), given.shift)
    if given.verb == "up":
        return _up(layout, given)
    if given.verb == "status":
        return int(import_module("mesh.status").status(layout))
    if given.verb == "blocks":
        import_module("mesh.blocks").serve(layout)
        return 0
    if given.verb == "seed":
        return int(import_module("mesh.demo").seed(layout))
    if given.verb in verbs.VERBS:
        return verbs.run(layout, given)
    return _demo(layout, given)


def _up(layout: Layout, given: argparse.Namespace) -> int:
    launcher = import_module("mesh.up")
    wanted = launcher.Wanted(
        postgresql=given.database == "postgresql",
        kafka=given.events == "kafka",
        each=given.processes == "each",
        split_roles=given.split_roles,
        seed=given.seed,
    )
    return int(launcher.up(layout, wanted))


def _demo(layout: Layout, given: argparse.Namespace) -> int:
    if given.survey:
        return int(import_module("mesh.demo.survey").run(layout, Path(given.survey), as_json=given.json))
    return int(import_module("mesh.demo").run(layout, Path(given.data) if given.data else None, as_json=given.json))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mesh")
    known = parser.add_subparsers(dest="verb", required=True)
    for name, meaning in (
        ("up", "start the mesh and keep it running"),
        ("status", "show the health of every process"),
        ("demo", "drive the running mesh with a data set, as its people would"),
        ("blocks", "serve all seven blocks in this process"),
        ("seed", "fill the running mesh with a small process to look at"),
        *verbs.VERBS.items(),
    ):
        verb = known.add_parser(name, help=meaning)
        verb.add_argument("--state", default="var", help="folder of databases, secrets and logs")
        verb.add_argument("--shift", type=int, default=0, help="number added to every port")
        if name == "up":
            verb.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
            verb.add_argument("--events", choices=("embedded", "kafka"), default="embedded")
            verb.add_argument("--processes", choices=("few", "each"), default="few")
            verb.add_argument("--split-roles", action="store_true", help="a process for each role of each block")
            verb.add_argument("--seed", action="store_true", help="fill it with a small process")
        if name in verbs.VERBS:
            verbs.declare(verb, name)
        if name == "demo":
            verb.add_argument(
                "--data", help="folder with *-proposals.jsonl and *-comments.jsonl; our own sample without it"
            )
            verb.add_argument(
                "--survey", help="folder with codebook.json and responses.csv, to enter as a survey instead"
            )
            verb.add_argument("--json", action="store_true", help="print the figures as a JSON object, last line")
    return parser


if __name__ == "__main__":
    sys.exit(main())
