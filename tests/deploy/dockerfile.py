"""A Dockerfile as its instructions, and its build stage run on this machine, where no Docker is needed for it.

`/opt` and the working folder become folders of a temporary root; everything else is done as the instructions say.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Instruction:
    """`stage` counts from 1; 0 is what stands before the first FROM."""

    stage: int
    name: str
    words: str


def instructions(text: str) -> tuple[Instruction, ...]:
    """The file's instructions in order, continued lines joined."""
    found: list[Instruction] = []
    stage = 0
    for line in _joined(text):
        name, _, words = line.partition(" ")
        stage += name == "FROM"
        found.append(Instruction(stage, name, words.strip()))
    return tuple(found)


def build(dockerfile: Path, root: Path) -> Path:
    """Run the instructions of the first stage below `root`; the environment that the image would hold."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    folder = root
    for each in instructions(dockerfile.read_text("utf-8")):
        words = each.words.replace("/opt/", f"{root}/opt/")
        if each.stage != 1 or each.name in ("FROM", "SHELL"):
            continue
        if each.name == "ENV":
            said = dict(word.split("=", 1) for word in words.split())
            environment |= {name: value for name, value in said.items() if name != "UV_NO_CACHE"}  # here is one
        elif each.name == "ARG":
            environment |= dict([words.split("=", 1)])
        elif each.name == "WORKDIR":
            folder = root / words.lstrip("/")
            folder.mkdir(parents=True)
        elif each.name == "COPY":
            _copy(words.split(), folder)
        elif each.name == "RUN":
            command = ["/bin/sh", "-eux", "-c", words]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
            assert done.returncode == 0, f"{words}\n{done.stderr.decode()[-4000:]}"
        else:
            raise AssertionError(f"{each.name} is not known here")
    return root / "opt" / "baraza"


def _copy(words: list[str], folder: Path) -> None:
    *sources, target = words
    into = folder / target
    for source in (ROOT / path for path in sources):
        if source.is_dir():
            shutil.copytree(source, into, ignore=shutil.ignore_patterns("__pycache__", "tests", ".*"))
        else:
            into.mkdir(parents=True, exist_ok=True) if target.endswith("/") else into.parent.mkdir(exist_ok=True)
            shutil.copy(source, into)


def _joined(text: str) -> Iterator[str]:
    kept = ""
    for line in (each for each in text.splitlines() if each.strip() and not each.lstrip().startswith("#")):
        kept += line.rstrip("\\").strip() + " "
        if not line.endswith("\\"):
            yield kept.strip()
            kept = ""
