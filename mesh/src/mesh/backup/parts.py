"""A backup's two parts: `data` (databases, event log, seeds) and `keys` (secrets and keys), each a compressed tar file,
sealed when there is a passphrase. Where they are kept in two places, both are needed to read one person's data."""

import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from mesh.backup import sealed
from mesh.backup.sealed import Unopenable


def write(target: Path, files: Iterable[tuple[str, Path]], passphrase: str | None) -> None:
    """`files` are `(name in the part, path)`; the part is its owner's alone and on disk when this returns."""
    target.touch(mode=0o600)
    with target.open("wb") as out, tempfile.TemporaryFile(dir=target.parent) as plain:
        with tarfile.open(fileobj=out if passphrase is None else plain, mode="w:gz", compresslevel=6) as tar:
            for name, path in files:
                tar.add(path, name)
        if passphrase is not None:
            plain.seek(0)
            sealed.seal(plain, out, passphrase)
        out.flush()


def unpack(part: Path, into: Path, passphrase: str | None) -> None:
    """Raises Unopenable."""
    with part.open("rb") as file:
        if passphrase is None:
            _extract(file, into)
            return
        with tempfile.TemporaryFile(dir=into) as plain:
            for each in sealed.opened(file, passphrase):
                plain.write(each)
            plain.seek(0)
            _extract(plain, into)


def _extract(file: IO[bytes], into: Path) -> None:
    try:
        with tarfile.open(fileobj=file, mode="r:gz") as tar:
            tar.extractall(into, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Unopenable(f"the part cannot be read: {error}") from None
