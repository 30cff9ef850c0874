"""Files of secrets. The folder of all is its owner's alone; what lies in it may be read by whoever is shown it.

A container sees only what is mounted into it and runs under a number that the host does not know. So the outer folder
keeps others of the host away (0700), and the files below are readable (0444), else no container could read its own.
What is mounted nowhere is its owner's (0600).
"""

import os
from pathlib import Path

SHOWN, KEPT = 0o444, 0o600  # files that a container is shown, and those that none is
_FOLDER, _OUTER = 0o755, 0o700


def outer(folder: Path) -> None:
    """The folder of all secrets."""
    folder.mkdir(parents=True, exist_ok=True, mode=_OUTER)
    folder.chmod(_OUTER)


def inner(folder: Path) -> Path:
    """A folder that is mounted into a container."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(_FOLDER)
    return folder


def once(path: Path, text: str, mode: int = SHOWN) -> str:
    """The file's text; written unless it is there."""
    if not path.exists():
        replaced(path, text, mode)
    return path.read_text("utf-8")


def replaced(path: Path, text: str, mode: int = SHOWN) -> None:
    """Write the file whole or not at all; whoever reads it meanwhile reads the old one."""
    if path.exists() and path.read_text("utf-8") == text:
        return
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.chmod(mode)
    beside.replace(path)
