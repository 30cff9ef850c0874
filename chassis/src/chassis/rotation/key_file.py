"""A key's file: rewritten whole or not at all, readable by its owner alone."""

import os
from pathlib import Path


def rewrite(path: Path, text: str) -> None:
    """On disk when it returns; whoever reads meanwhile reads the old text or the new one."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
