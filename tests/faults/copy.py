"""The state of a mesh at rest, copied, so that errors can be planted in it."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.checker.evidence import TABLES, Evidence, Places, gather

Line = dict[str, Any]


@dataclass(frozen=True)
class Copy:
    """The embedded state below `folder`, with the ledger and the mails of whoever played there."""

    folder: Path

    def sql(self, block: str, *statements: str) -> None:
        """Change a block's database behind its back; `events` is the broker's. Each statement must change something."""
        file = self.folder / "events" / "events.db" if block == "events" else self.folder / f"{block}.db"
        with closing(sqlite3.connect(file)) as connection, connection:
            for statement in statements:
                changed = connection.execute(statement).rowcount
                assert changed > 0, f"{statement} changed nothing"

    def ledger(self, change: Callable[[list[Line]], list[Line]]) -> None:
        """Another ledger than the client wrote."""
        _rewrite(self.places.ledger, change)

    def mail(self, change: Callable[[list[Line]], list[Line]]) -> None:
        """Other mails than the server took."""
        assert self.places.mails is not None
        _rewrite(self.places.mails, change)

    @property
    def places(self) -> Places:
        return Places.embedded(self.folder, self.folder / "ledger.jsonl", self.folder / "mails.jsonl")

    def evidence(self) -> Evidence:
        return gather(self.places)

    def again(self, folder: Path) -> "Copy":
        """A copy of this copy."""
        shutil.copytree(self.folder, folder)
        return Copy(folder)


def copied(places: Places, state: Path, into: Path) -> Copy:
    """Each database in one consistent state, though processes run; and the files that the checker reads."""
    (into / "events").mkdir(parents=True)
    (into / "gateway").mkdir()
    for name in (*(f"{name}.db" for name in TABLES), "events/events.db"):
        with closing(sqlite3.connect(state / name)) as source, closing(sqlite3.connect(into / name)) as target:
            source.backup(target)
    shutil.copytree(state / "secrets", into / "secrets")
    shutil.copy(places.log_keys, into / "gateway" / "log.pem")
    shutil.copy(places.ledger, into / "ledger.jsonl")
    assert places.mails is not None
    shutil.copy(places.mails, into / "mails.jsonl")
    return Copy(into)


def _rewrite(file: Path, change: Callable[[list[Line]], list[Line]]) -> None:
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    changed = change(json.loads(json.dumps(lines)))
    assert changed != lines, "nothing was changed"
    file.write_text("".join(json.dumps(line) + "\n" for line in changed))
