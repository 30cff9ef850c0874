"""What a backup says of itself: `manifest.json` beside its parts."""

import json
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

FORMAT = 1
_FILE = "manifest.json"


class NotRestorable(ValueError):
    """The backup, or the place it should go to, is not what it must be; the message says what."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`databases` is `{process: {table: rows}}` at the instant; `parts` is `{file: SHA-256}`; `log` is `embedded` when
    the event log is in the backup, `kafka` when the outboxes must stand for it."""

    taken_at: str
    database: str
    log: str
    sealed: bool
    databases: dict[str, dict[str, int]]
    parts: dict[str, str]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Last, so that a backup without it was never finished."""
        (folder / _FILE).touch(mode=0o600)
        (folder / _FILE).write_text(json.dumps(asdict(self), indent=1), "utf-8")


def read(folder: Path) -> Manifest:
    """Raises NotRestorable for a backup that was not finished, is another format's, or was altered."""
    try:
        told = Manifest(**json.loads((folder / _FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise NotRestorable(f"{folder} holds no whole backup: {error}") from None
    if told.format != FORMAT:
        raise NotRestorable(f"{folder} has format {told.format}; this release reads {FORMAT}")
    for name, digest in told.parts.items():
        if not (folder / name).is_file() or sha256(folder / name) != digest:
            raise NotRestorable(f"{folder / name} is not as it was written")
    return told


def sha256(path: Path) -> str:
    """Of a file of any size."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
