"""What a distribution needs, as the metadata of this environment's packages says it: no index is asked."""

import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from requirements import DISTRIBUTIONS, PYTHON, ROOT

_THERE = default_environment() | {
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.16",
    "sys_platform": "linux",
}
_OURS = ("contracts", "chassis")


def closure(name: str) -> dict[str, str]:
    """`{library: version}` of an image, our own distributions left out."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for folder in (DISTRIBUTIONS[name], *_OURS):
        project = tomllib.loads((ROOT / folder / "pyproject.toml").read_text("utf-8"))["project"]
        extras = project.get("optional-dependencies", {}).values() if folder == "chassis" else ()
        _add([*project["dependencies"], *(each for extra in extras for each in extra)], {""}, found, seen)
    return found


def _add(lines: Iterable[str], extras: set[str], found: dict[str, str], seen: set[tuple[str, str]]) -> None:
    for needed in map(Requirement, lines):
        name = canonicalize_name(needed.name)
        if name.startswith("baraza-") or not _applies(needed, extras):
            continue
        wanted = {""} | needed.extras
        if fresh := {extra for extra in wanted if (name, extra) not in seen}:
            seen |= {(name, extra) for extra in fresh}
            there = distribution(name)
            found[name] = there.version
            _add(there.requires or (), fresh, found, seen)


def _applies(needed: Requirement, extras: set[str]) -> bool:
    return needed.marker is None or any(needed.marker.evaluate(_THERE | {"extra": extra}) for extra in extras)
