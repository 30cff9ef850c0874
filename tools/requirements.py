"""Write deploy/images/*.txt, what each image installs, with hashes: `python tools/requirements.py [--check] [NAME …]`.

An image gets the libraries of its own distribution and of the chassis with all its extras, at the versions of
constraints.txt, and nothing else. Only wheels for the images' own Python and platforms are allowed: no source package
is built, so no code of a library runs before it is installed. A version that constraints.txt does not know stays as
the file has it; remove the file to take newer ones.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "deploy" / "images"
BLOCKS = ("consent", "engagement", "identity", "messaging", "registry", "scheduler", "workflow")
DISTRIBUTIONS = {**{block: f"services/{block}" for block in BLOCKS}, "gateway": "gateway", "portal": "portal"}
NAMES = (*DISTRIBUTIONS, "build", "uv")
PYTHON = "3.11"
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28")
_NOTE = "# written by tools/requirements.py from pyproject.toml and constraints.txt; run it again instead of editing"
_PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)")
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")

Pins = dict[str, tuple[str, set[str]]]  # name → (version, hashes)


def needed(name: str, known: Pins) -> Pins:
    """What an image needs, as the package index has it now; `known` is what its file said before."""
    found: Pins = {}
    for platform in PLATFORMS:
        for package, (version, hashes) in _resolved(name, platform, known).items():
            if not hashes:
                raise SystemExit(f"{name}: there is no wheel of {package} {version} for {platform}")
            kept = found.setdefault(package, (version, set()))
            if kept[0] != version:
                raise SystemExit(f"{name}: {package} is {kept[0]} on one platform and {version} on the other")
            kept[1].update(hashes)
    return found


def pins(text: str) -> Pins:
    """What a requirements file asks for."""
    found: Pins = {}
    name = ""
    for line in text.splitlines():
        if pin := _PIN.match(line):
            name = pin["name"]
            found[name] = (pin["version"], set())
        if said := _HASH.search(line):
            found[name][1].add(said[1])
    return found


def written(found: Pins) -> str:
    """The text of a requirements file."""
    lines = [_NOTE]
    for name, (version, hashes) in sorted(found.items()):
        lines.append(" \\\n".join([f"{name}=={version}", *(f"    --hash={each}" for each in sorted(hashes))]))
    return "\n".join(lines) + "\n"


def stale(name: str) -> list[str]:
    """What is wrong with an image's file, a line each. A wheel that came to the index later is no fault."""
    has = _kept(name)
    wants = needed(name, has)
    return [
        *(f"{name}.txt lacks {each}" for each in sorted(wants.keys() - has.keys())),
        *(f"{name}.txt has {each}, which nothing needs" for each in sorted(has.keys() - wants.keys())),
        *(
            f"{name}.txt: {each} {has[each][0]} is not what the index has"
            for each in sorted(has.keys() & wants.keys())
            if has[each][0] != wants[each][0] or not has[each][1] or not has[each][1] <= wants[each][1]
        ),
    ]


def main(arguments: list[str]) -> int:
    """Write, or check; all files, or those named."""
    names = [each for each in arguments if each != "--check"] or list(NAMES)
    if unknown := set(names) - set(NAMES):
        sys.stderr.write(f"there is no image {', '.join(sorted(unknown))}\n")
        return 2
    if "--check" not in arguments:
        for name in names:
            (FOLDER / f"{name}.txt").write_text(written(needed(name, _kept(name))), "utf-8")
        return 0
    faults = [fault for name in names for fault in stale(name)]
    for fault in faults:
        sys.stderr.write(f"{fault}; run python tools/requirements.py\n")
    return 1 if faults else 0


def _kept(name: str) -> Pins:
    path = FOLDER / f"{name}.txt"
    return pins(path.read_text("utf-8")) if path.exists() else {}


def _resolved(name: str, platform: str, known: Pins) -> Pins:
    sources = _projects(name) if name in DISTRIBUTIONS else [FOLDER / f"{name}.in"]
    extras = [f"--extra={extra}" for extra in _extras()] if name in DISTRIBUTIONS else []
    ours = [f"--no-emit-package=baraza-{each}" for each in ("chassis", "contracts", *DISTRIBUTIONS)]
    constrained = pins((ROOT / "constraints.txt").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        before, lock = Path(folder) / "before.txt", Path(folder) / "pylock.toml"
        before.write_text("".join(f"{n}=={v}\n" for n, (v, _) in known.items() if n not in constrained), "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", *map(str, sources), *extras, *ours,
             "-c", "constraints.txt", "-c", str(before), "--python-version", PYTHON, "--python-platform", platform,
             "--format", "pylock.toml", "--only-binary", ":all:", "-q", "-o", str(lock)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{name}: {done.stderr.strip()}")
        packages = tomllib.loads(lock.read_text("utf-8"))["packages"]
    return {
        each["name"]: (each["version"], {f"sha256:{wheel['hashes']['sha256']}" for wheel in each.get("wheels", ())})
        for each in packages
    }


def _projects(name: str) -> list[Path]:
    return [ROOT / folder / "pyproject.toml" for folder in (DISTRIBUTIONS[name], "chassis", "contracts")]


def _extras() -> list[str]:
    project = tomllib.loads((ROOT / "chassis" / "pyproject.toml").read_text("utf-8"))["project"]
    return sorted(project["optional-dependencies"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
