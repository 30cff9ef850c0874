"""A power cut: what was written since a file's last fsync is lost, kept or torn, sector by sector, as chance has it.

Processes run with a small library preloaded that keeps each file's image at its last fsync (`powercut.c`). The cut
comes when all of them are dead and makes the state from images and chance. A name is taken to be on disk once its file
is.
"""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_SECTOR_BYTES = 512
_REBUILT = "-shm"  # shared memory of SQLite: made anew from the write-ahead log


class Power:
    """The supply of all processes that are started with its `environment` and write below `state`."""

    def __init__(self, state: Path, folder: Path) -> None:
        self._state, self._images = state, folder / "images"
        self._images.mkdir(parents=True)
        library = folder / "powercut.so"
        source = Path(__file__).with_name("powercut.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl"], check=True)
        self.environment: Mapping[str, str] = {
            "LD_PRELOAD": str(library),
            "POWERCUT_FROM": str(state),
            "POWERCUT_TO": str(self._images),
        }

    def settle(self) -> None:
        """Everything is on disk now, as it is some seconds after the last write."""
        for file in self._files(self._state):
            image = self._images / file.relative_to(self._state)
            image.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, image)

    def cut(self, seed: int) -> int:
        """All processes are dead already: the state becomes what the disk has. Bytes that were written and are lost."""
        chance, lost = random.Random(seed), 0
        for file in self._files(self._state):
            image, written = self._images / file.relative_to(self._state), file.read_bytes()
            if image.exists():
                kept = _torn(image.read_bytes(), written, chance)
                lost += sum(one != other for one, other in zip(kept, written, strict=False)) + max(
                    len(written) - len(kept), 0
                )
                file.write_bytes(kept)
            else:
                lost += len(written)
                file.unlink()
        for shared in self._state.rglob(f"*{_REBUILT}"):
            shared.unlink()
        return lost

    def _files(self, folder: Path) -> Iterator[Path]:
        found = sorted(folder.rglob("*"))
        return (file for file in found if file.is_file() and not file.name.endswith((_REBUILT, ".lock", ".log")))


@contextmanager
def supplied(power: Power) -> Iterator[None]:
    """Whatever the block starts is supplied by it."""
    before = {name: os.environ.get(name) for name in power.environment}
    os.environ.update(power.environment)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _torn(image: bytes, written: bytes, chance: random.Random) -> bytes:
    """Each sector as it was synchronised or as it was written since; the end is somewhere between."""
    length = chance.choice((len(image), len(written), chance.randint(*sorted((len(image), len(written))))))
    old, new = image.ljust(length, b"\0"), written.ljust(length, b"\0")
    sectors = range(0, length, _SECTOR_BYTES)
    kept = b"".join((old if chance.random() < 0.5 else new)[at : at + _SECTOR_BYTES] for at in sectors)
    return kept[:length]
