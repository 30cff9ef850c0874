"""compose.yaml as Docker Compose would resolve it with the answers of deploy/compose/example.env."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mesh.deployment.answers import parsed

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "compose.yaml").read_text("utf-8")
EXAMPLE = ROOT / "deploy" / "compose" / "example.env"
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::(?P<kind>[-?])(?P<word>[^}]*))?\}")

Item = dict[str, Any]  # a mapping of the file


@cache
def document() -> Item:
    """The whole file, resolved."""
    answers = parsed(EXAMPLE.read_text("utf-8"))

    def said(match: re.Match[str]) -> str:
        if match["name"] in answers:
            return answers[match["name"]]
        assert match["kind"] == "-", f"{match['name']} has neither an answer nor a default"
        return match["word"]

    resolved: Item = yaml.safe_load(VARIABLE.sub(said, TEXT))
    return resolved


def services() -> dict[str, Item]:
    """Every container by name."""
    found: dict[str, Item] = document()["services"]
    return found


def environment(name: str) -> dict[str, str]:
    """What a container is told by compose.yaml, as it sees it."""
    return {variable: str(value) for variable, value in services()[name].get("environment", {}).items()}


def mounts(name: str) -> dict[str, tuple[str, str]]:
    """`{folder or file in the container: (where it comes from, mode)}`; a name without a slash is a volume."""
    found = {}
    for mount in services()[name].get("volumes", ()):
        source, target, *mode = mount.split(":")
        found[target] = (source, mode[0] if mode else "rw")
    return found


def here(text: str, name: str, secrets: Path, others: Mapping[str, str]) -> str:
    """A text with the container's paths as they are on this machine; `others` are further replacements."""
    for target, (source, _) in sorted(mounts(name).items(), key=lambda each: -len(each[0])):
        if source.startswith("./deploy/compose/secrets/"):
            text = text.replace(target, source.replace("./deploy/compose/secrets", str(secrets), 1))
        elif source.startswith("./"):
            text = text.replace(target, str(ROOT / source))
    for inside, outside in others.items():
        text = text.replace(inside, outside)
    return text
