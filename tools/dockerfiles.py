"""Write the Dockerfile of every image from deploy/images: `python tools/dockerfiles.py [--check]`.

One pattern, one base image: nine Dockerfiles that differ in their names only. A Dockerfile cannot include another, and
each block's must build alone.
"""

import sys
import tomllib
from importlib import import_module
from pathlib import Path
from string import Template

sys.path.insert(0, str(Path(__file__).parent))  # where this file is imported rather than run

from requirements import DISTRIBUTIONS, FOLDER, ROOT

from chassis.settings import describe

_KINDS = {"gateway": "GatewaySettings"}
_NOTE = "written by tools/dockerfiles.py from deploy/images; run it again instead of editing"


def dockerfile(name: str) -> str:
    """The text of an image's Dockerfile."""
    folder = DISTRIBUTIONS[name]
    project = tomllib.loads((ROOT / folder / "pyproject.toml").read_text("utf-8"))["project"]
    return Template((FOLDER / "Dockerfile.template").read_text("utf-8")).substitute(
        note=_NOTE,
        name=name,
        folder=folder,
        base=(FOLDER / "base.txt").read_text("utf-8").strip(),
        version=project["version"],
        description=project["description"],
        port=port(name),
    )


def port(name: str) -> int:
    """Where the process of an image listens unless it is told otherwise."""
    kind = getattr(import_module(f"{name}.settings"), _KINDS.get(name, "Settings"))
    return int(next(default for variable, _, default, _ in describe(kind) if variable == "PORT"))


def main(arguments: list[str]) -> int:
    """Write, or check."""
    texts = {ROOT / folder / "Dockerfile": dockerfile(name) for name, folder in DISTRIBUTIONS.items()}
    if arguments != ["--check"]:
        for path, text in texts.items():
            path.write_text(text, "utf-8")
        return 0
    stale = [path for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        sys.stderr.write(f"{path.relative_to(ROOT)} is stale; run python tools/dockerfiles.py\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
